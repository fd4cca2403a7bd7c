"use client";

import { useState } from "react";
import { CopyButton } from "@/app/_ui/copy-button";

/**
 * A command to copy. Keeps the text it was first shown with, so that a page which refreshes itself does not take a
 * selection away.
 */
export function CodeBlock({ title, text }: { title: string; text: string }) {
	const [shown] = useState(text);
	return (
		<figure className="overflow-hidden rounded-lg border border-line bg-surface text-left">
			<figcaption className="flex h-9 items-center justify-between border-b border-line bg-sunken pr-1 pl-3 text-xs font-medium text-muted">
				{title}
				<CopyButton text={shown} label={`Copy: ${title}`} />
			</figcaption>
			<pre
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				className="max-h-72 overflow-auto p-3 font-mono text-xs text-ink"
			>
				<code>{shown}</code>
			</pre>
		</figure>
	);
}
