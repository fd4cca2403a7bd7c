import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { CopyShownButton } from "@/app/_ui/copy-shown-button";
import { FoldedText } from "@/app/_ui/folded-text";
import { SectionFrame } from "@/app/_ui/section-frame";

/** Somebody's text in a frame. The copy button copies it as it was sent. */
export function TextBlock({ title, note, text }: { title: string; note?: string; text: string }) {
	const noted = note && clipText(note, LINE_CHARS_MAX).shown;
	return (
		<SectionFrame
			title={title}
			note={noted && <span title={noted}>{noted}</span>}
			actions={<CopyShownButton text={text} name={title.toLowerCase()} />}
		>
			<div className="p-3">
				<FoldedText text={text} mono />
			</div>
		</SectionFrame>
	);
}
