import { clipText } from "@/app/_ui/clip-text";
import { CopyButton } from "@/app/_ui/copy-button";

/** Copies a text as it was sent, or as much of it as a page carries, and says which. */
export function CopyShownButton({ text, name }: { text: string; name: string }) {
	const { shown, cutChars } = clipText(text);
	return <CopyButton text={shown} label={cutChars > 0 ? `Copy the shown part of ${name}` : `Copy ${name}`} />;
}
