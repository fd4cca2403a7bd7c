import { CopyButton } from "@/app/_ui/copy-button";
import { FoldedText } from "@/app/_ui/folded-text";
import { SectionFrame } from "@/app/_ui/section-frame";

/** Somebody's text in a frame. The copy button copies it as it was sent. */
export function TextBlock({ title, note, text }: { title: string; note?: string; text: string }) {
	return (
		<SectionFrame
			title={title}
			note={note && <span title={note}>{note}</span>}
			actions={<CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />}
		>
			<div className="p-3">
				<FoldedText text={text} mono />
			</div>
		</SectionFrame>
	);
}
