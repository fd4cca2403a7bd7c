/** Characters shown on either side of the mistake. */
const AROUND = 40;

interface Props {
	id: string;
	/** The filter as it was typed. */
	text: string;
	/** What is wrong with it: `column 8: expected ...`. */
	message: string;
}

/** What is wrong with a filter, and where: the place is marked in the text. */
export function FilterMistake({ id, text, message }: Props) {
	const column = /^column (\d+):/i.exec(message)?.[1];
	return (
		<div id={id} className="flex flex-col gap-0.5 text-xs text-fail">
			{column !== undefined && <MarkedText text={text} at={Number(column) - 1} />}
			<p className="text-pretty break-words first-letter:uppercase">{message}</p>
		</div>
	);
}

function MarkedText({ text, at }: { text: string; at: number }) {
	// Columns count characters, not UTF-16 units.
	const letters = [...text];
	const rest = letters.slice(at).join("");
	const marked = /^(?:\w[\w.]*|"[^"]*"?|'[^']*'?|\S)/.exec(rest)?.[0] ?? "";
	const before = letters.slice(0, at).join("");
	const after = rest.slice(marked.length);
	return (
		<code className="block truncate font-mono whitespace-pre text-muted">
			{before.length > AROUND ? `…${before.slice(-AROUND)}` : before}
			<mark className="rounded-xs bg-fail-soft text-fail underline decoration-wavy underline-offset-2">
				{marked || "\u00a0"}
			</mark>
			{after.length > AROUND ? `${after.slice(0, AROUND)}…` : after}
		</code>
	);
}
