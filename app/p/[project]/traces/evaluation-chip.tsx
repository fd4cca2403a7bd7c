import { Chip } from "@/app/_ui/chip";
import { formatDecimal } from "@/app/_ui/format-number";
import { evaluationState } from "@/app/p/[project]/traces/evaluation-state";
import type { Evaluation } from "@/lib/evaluations/evaluation";

/** One judgement in a pill: its score, or why there is none yet. */
export function EvaluationChip({ evaluation }: { evaluation: Evaluation }) {
	const { tone, word, Icon } = evaluationState(evaluation);
	const { evaluatorName, score, status, reason, lastError } = evaluation;
	const scored = status === "SUCCEEDED" && score !== null && !evaluation.parseFailed;
	const why = status === "SUCCEEDED" ? reason : lastError;
	return (
		<Chip
			tone={tone}
			icon={<Icon aria-hidden />}
			title={[`${evaluatorName}: ${word}${scored ? `, ${score}` : ""}`, why].filter(Boolean).join("\n")}
			className="relative"
		>
			<span className="sr-only">
				{evaluatorName} {word}{" "}
			</span>
			{scored ? formatDecimal(score) : <span aria-hidden>{word}</span>}
		</Chip>
	);
}
