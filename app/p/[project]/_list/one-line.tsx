import { clipText } from "@/app/_ui/clip-text";
import { Unknown } from "@/app/p/[project]/_list/unknown";

const SHOWN_CHARS = 200;
const TITLE_CHARS = 500;

/** The beginning of somebody's text on one line, more of it in the title. */
export function OneLine({ text }: { text: string | null }) {
	if (text === null) return <Unknown />;
	return (
		<span title={clipText(text, TITLE_CHARS).shown}>{clipText(text, SHOWN_CHARS).shown.replace(/\s+/g, " ")}</span>
	);
}
