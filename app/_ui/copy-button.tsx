"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";
import { copyText } from "@/app/_ui/copy-text";

const SHOWN_MS = 1500;

/** Copies text to the clipboard and says so. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
	const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);

	useEffect(() => {
		if (outcome === null) return;
		const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
		return () => clearTimeout(timer);
	}, [outcome]);

	return (
		<>
			<Button
				variant="ghost"
				size="icon"
				aria-label={label}
				title={label}
				onClick={async () => setOutcome((await copyText(text)) ? "copied" : "failed")}
			>
				{outcome === "copied" ? (
					<Check aria-hidden className="size-3.5 text-pass" />
				) : (
					<Copy aria-hidden className="size-3.5" />
				)}
			</Button>
			<span role="status" className="sr-only">
				{outcome === "copied" ? "Copied" : outcome === "failed" ? "Copying failed" : ""}
			</span>
		</>
	);
}
