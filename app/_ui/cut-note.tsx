"use client";

import { createContext, type ReactNode, useContext } from "react";
import { formatCounted } from "@/app/_ui/format-number";

const WholeHref = createContext<string | null>(null);

/** Tells every cut text below where the whole of it is served as JSON of spans; null when it is served nowhere. */
export function WholeTextAt({ href, children }: { href: string | null; children: ReactNode }) {
	return <WholeHref value={href}>{children}</WholeHref>;
}

/** How much of a text is not shown, and where it is; nothing when it is whole. */
export function CutNote({ cutChars }: { cutChars: number }) {
	const href = useContext(WholeHref);
	if (cutChars === 0) return null;
	const words = `… ${formatCounted(cutChars, "more character")}`;
	return (
		<span className="font-sans text-xs text-warn">
			{href === null ? (
				`${words}, stored but not shown here`
			) : (
				<>
					{words}:{" "}
					<a href={href} target="_blank" rel="noopener" className="text-accent-ink hover:underline">
						the whole is in the JSON of the spans
					</a>
				</>
			)}
		</span>
	);
}
