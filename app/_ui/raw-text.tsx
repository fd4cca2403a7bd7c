import { CopyShownButton } from "@/app/_ui/copy-shown-button";
import { FoldedText } from "@/app/_ui/folded-text";

/** Text as it was sent, in fixed-width letters, to read and to copy. */
export function RawText({ text, label }: { text: string; label: string }) {
	return (
		<div className="relative p-3">
			<span className="absolute top-1 right-1">
				<CopyShownButton text={text} name={label} />
			</span>
			<FoldedText text={text} mono className="pr-6" />
		</div>
	);
}
