import { Chip } from "@/app/_ui/chip";
import { Time } from "@/app/_ui/time";
import { evaluationState } from "@/app/p/[project]/traces/evaluation-state";
import type { Evaluation } from "@/lib/evaluations/evaluation";

/** One judgement of the span: the verdict, against which measure, and why. */
export function EvaluationCard({ evaluation }: { evaluation: Evaluation }) {
	const { tone, word, Icon } = evaluationState(evaluation);
	const { score, minScore, maxScore, threshold, attempts, completedAt, status, lastError } = evaluation;
	return (
		<section
			aria-label={`Evaluation by ${evaluation.evaluatorName}`}
			className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3 text-sm"
		>
			<header className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<h3 className="font-medium text-ink">{evaluation.evaluatorName}</h3>
				<Chip tone={tone} icon={<Icon aria-hidden />}>
					{word}
				</Chip>
				{score !== null && (
					<span className="tabular-nums">
						<strong className="font-semibold text-ink">{score}</strong>{" "}
						<span className="text-muted">
							of {minScore} to {maxScore}
						</span>
					</span>
				)}
				<span className="ml-auto text-xs text-faint">
					{threshold === null ? "every score passes" : `passes from ${threshold}`}
				</span>
			</header>
			{evaluation.reason && <p className="wrap-anywhere whitespace-pre-wrap text-ink">{evaluation.reason}</p>}
			{evaluation.parseFailed && (
				<p className="text-xs text-warn">
					The judge answered without a score that could be read: this says nothing about the span and counts in no
					average.
				</p>
			)}
			{lastError && (
				<p className="text-xs wrap-anywhere text-fail">
					{status === "FAILED" ? "The judge could not be asked" : "Last attempt"}: {lastError}
				</p>
			)}
			<footer className="flex flex-wrap gap-x-4 text-xs text-faint">
				{completedAt ? (
					<span>
						Judged <Time epochMs={completedAt.getTime()} />
					</span>
				) : (
					<span>
						Waiting since <Time epochMs={evaluation.createdAt.getTime()} />
					</span>
				)}
				{attempts > 1 && <span>{attempts} attempts</span>}
				{evaluation.ruleId === null && <span>Its rule was deleted</span>}
			</footer>
		</section>
	);
}
