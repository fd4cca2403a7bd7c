import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { CutNote } from "@/app/_ui/cut-note";

/** Somebody's text that is meant as one line: a name, a key, a fact. Much longer ones are cut. */
export function LineText({ text }: { text: string }) {
	const { shown, cutChars } = clipText(text, LINE_CHARS_MAX);
	return (
		<>
			{shown}
			{cutChars > 0 && <CutNote cutChars={cutChars} />}
		</>
	);
}
