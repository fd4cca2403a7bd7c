import { classNames } from "@/app/_ui/class-names";
import { clipText } from "@/app/_ui/clip-text";
import { CutNote } from "@/app/_ui/cut-note";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount } from "@/app/_ui/format-number";
import { prettyJson } from "@/app/_ui/pretty-json";

/** About a screen. */
const SHOWN_CHARS = 3_000;
const SHOWN_LINES = 40;
/** Less than this is not worth a click. */
const FOLDED_CHARS_MIN = 400;
/** How far back from the cut a line or word may end. */
const BREAK_SEARCH_CHARS = 120;

interface Props {
	text: string;
	/** How much is shown before the rest folds. */
	shownChars?: number;
	shownLines?: number;
	/** Fixed-width letters even when the text is no JSON. */
	mono?: boolean;
	className?: string;
}

/**
 * Somebody's text, wrapped and never as HTML; JSON is indented. What goes beyond a screen folds, also without
 * JavaScript; what goes beyond what a page carries is cut.
 */
export function FoldedText({
	text,
	shownChars = SHOWN_CHARS,
	shownLines = SHOWN_LINES,
	mono = false,
	className,
}: Props) {
	const { shown, cutChars } = clipText(text);
	const pretty = cutChars > 0 ? shown : prettyJson(text);
	const style = classNames(
		"wrap-anywhere whitespace-pre-wrap text-ink",
		mono || pretty !== shown ? "font-mono text-xs" : "font-sans text-sm",
		className,
	);
	const cut = cutAt(pretty, shownChars, shownLines);
	if (cut === pretty.length) {
		return (
			<pre dir="auto" className={style}>
				{pretty}
			</pre>
		);
	}
	return (
		<div>
			<pre dir="auto" className={style}>
				{pretty.slice(0, cut)}
			</pre>
			<Fold
				summaryClassName={classNames("my-1 inline-flex rounded", CONTINUATION)}
				summary={
					<>
						<span className="[details[open]>summary>&]:hidden">
							Show {cutChars > 0 ? "the first" : "all"} {formatCount(pretty.length)} characters
						</span>
						<span className="hidden [details[open]>summary>&]:inline">Show less</span>
					</>
				}
			>
				<pre dir="auto" className={style}>
					{pretty.slice(cut)}
				</pre>
			</Fold>
			{cutChars > 0 && <CutNote cutChars={cutChars} />}
		</div>
	);
}

/** Where the shown part ends: at a line or word where one is near, never inside a surrogate pair. */
function cutAt(text: string, charsMax: number, linesMax: number): number {
	let cut = Math.min(text.length, charsMax);
	let newline = -1;
	for (let line = 0; line < linesMax; line++) {
		newline = text.indexOf("\n", newline + 1);
		if (newline === -1 || newline >= cut) break;
		if (line === linesMax - 1) cut = newline + 1;
	}
	if (text.length - cut < FOLDED_CHARS_MIN) return text.length;
	if (text[cut - 1] === "\n") return cut;
	const tail = text.slice(cut - BREAK_SEARCH_CHARS, cut);
	const back = Math.max(tail.lastIndexOf("\n"), tail.lastIndexOf(" "));
	if (back >= 0) return cut - tail.length + back + 1;
	return /[\uD800-\uDBFF]/.test(text[cut - 1] ?? "") ? cut - 1 : cut;
}
