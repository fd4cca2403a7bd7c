import { CopyButton } from "@/app/_ui/copy-button";
import { prettyJson } from "@/app/_ui/pretty-json";

/** Somebody's text, whole and wrapped, never as HTML; JSON is indented. The copy button copies it as it was sent. */
export function TextBlock({ title, note, text }: { title: string; note?: string; text: string }) {
	return (
		<section aria-label={title} className="overflow-hidden rounded-lg border border-line bg-surface">
			<header className="flex h-9 items-center gap-2 border-b border-line bg-sunken pr-1 pl-3">
				<h3 className="text-xs font-medium text-ink">{title}</h3>
				{note && <span className="truncate font-mono text-2xs text-faint">{note}</span>}
				<span className="ml-auto">
					<CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
				</span>
			</header>
			<pre
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				className="max-h-96 overflow-auto p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-ink"
			>
				{prettyJson(text)}
			</pre>
		</section>
	);
}
