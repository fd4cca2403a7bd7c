import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatDecimal } from "@/app/_ui/format-number";
import { LineText } from "@/app/_ui/line-text";
import { ProvenanceNote } from "@/app/p/[project]/traces/[traceId]/provenance-note";
import type { ReportedEvaluation } from "@/lib/span/message";

/** A judgement that came with the span: somebody else's, so it passes and fails nothing here. */
export function ReportedEvaluationCard({
	evaluation: { name, score, label, explanation },
	from,
}: {
	evaluation: ReportedEvaluation;
	from: string | undefined;
}) {
	return (
		<section
			aria-label={`Reported evaluation ${clipText(name ?? "", LINE_CHARS_MAX).shown}`.trim()}
			className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3 text-sm"
		>
			<header className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<h3 className="font-medium wrap-anywhere text-ink">
					<LineText text={name ?? "Unnamed evaluation"} />
				</h3>
				<Chip title="It came with the span; no rule of ours made it">reported</Chip>
				{score !== null && (
					<strong className="font-semibold text-ink tabular-nums" title={String(score)}>
						{formatDecimal(score)}
					</strong>
				)}
				{label !== null && (
					<span className="wrap-anywhere text-muted">
						<LineText text={label} />
					</span>
				)}
				<span className="ml-auto">
					<ProvenanceNote from={from} />
				</span>
			</header>
			{explanation !== null && <FoldedText text={explanation} />}
		</section>
	);
}
