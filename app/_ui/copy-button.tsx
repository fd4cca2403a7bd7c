"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/app/_ui/button";

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
				onClick={async () => setOutcome((await copy(text)) ? "copied" : "failed")}
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

async function copy(text: string): Promise<boolean> {
	try {
		// Absent outside https and localhost.
		if (navigator.clipboard) {
			await navigator.clipboard.writeText(text);
			return true;
		}
	} catch {
		// Refused, for instance without focus: the older way may still work.
	}
	const area = document.createElement("textarea");
	area.value = text;
	area.style.position = "fixed";
	area.style.opacity = "0";
	document.body.append(area);
	area.select();
	const done = document.execCommand("copy");
	area.remove();
	return done;
}
