import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { formatCost } from "@/app/_ui/format-cost";
import { formatCount } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import type { DecisionWords } from "@/app/p/[project]/traces/[traceId]/decision-state";
import { evaluationState } from "@/app/p/[project]/traces/evaluation-state";
import type { Evaluation } from "@/lib/evaluations/evaluation";

interface Props {
	evaluation: Evaluation;
	/** How it is called, where more is known than the evaluation itself says. */
	state?: DecisionWords;
	/** What was judged: `this span`. */
	subject?: string;
	/** Why it has no verdict. */
	remark?: string | null;
	/** Address of the project's traces, where the judge's own are too. */
	tracesPath: string;
}

/** One judgement: the verdict, against which measure, why, and what it took. */
export function EvaluationCard({
	evaluation,
	state = evaluationState(evaluation),
	subject,
	remark,
	tracesPath,
}: Props) {
	const { tone, word, Icon } = state;
	const { score, minScore, maxScore, threshold, status, lastError } = evaluation;
	const isJudged = status === "SUCCEEDED";
	return (
		<section aria-label={`Evaluation by ${evaluation.evaluatorName}`} className="flex flex-col gap-2 px-3 py-2 text-sm">
			<header className="flex flex-wrap items-center gap-x-2 gap-y-1">
				<Chip tone={tone} icon={<Icon aria-hidden />}>
					{word}
				</Chip>
				<h5 className="font-medium text-ink">{evaluation.evaluatorName}</h5>
				{isJudged && score !== null && !evaluation.parseFailed && (
					<span className="tabular-nums">
						<strong className="font-semibold text-ink">{score}</strong>{" "}
						<span className="text-muted">
							of {minScore} to {maxScore}
						</span>
					</span>
				)}
				{subject && <span className="text-xs text-faint">{subject}</span>}
				<span className="ml-auto text-xs text-faint">
					{threshold === null ? "every score passes" : `passes from ${threshold}`}
				</span>
			</header>
			{remark && <p className="text-xs text-pretty wrap-anywhere text-muted">{remark}</p>}
			{evaluation.reason && <p className="wrap-anywhere whitespace-pre-wrap text-ink">{evaluation.reason}</p>}
			{evaluation.parseFailed && (
				<p className="text-xs text-warn">
					The judge answered without a score that could be read: this says nothing about the span and counts in no
					average.
				</p>
			)}
			{lastError && !remark?.includes(lastError) && (
				<p className="text-xs wrap-anywhere text-fail">
					{status === "FAILED" ? "The judge could not be asked" : "Last attempt"}: {lastError}
				</p>
			)}
			<Footer evaluation={evaluation} tracesPath={tracesPath} />
		</section>
	);
}

function Footer({ evaluation, tracesPath }: Pick<Props, "evaluation" | "tracesPath">) {
	const { status, completedAt, createdAt, attempts, ruleId, ruleVersion } = evaluation;
	const { model, costUsd, latencyMs, judgeTraceId } = evaluation;
	return (
		<footer className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-faint">
			{completedAt ? (
				<span>
					{status === "SUCCEEDED" ? "Judged" : "Ended"} <Time epochMs={completedAt.getTime()} />
				</span>
			) : (
				<span>
					Waiting since <Time epochMs={createdAt.getTime()} />
				</span>
			)}
			{attempts > 1 && <span>{attempts} attempts</span>}
			{model !== null && <span>{model}</span>}
			{model !== null && <span>{costUsd === null ? "cost not known" : formatCost(costUsd)}</span>}
			{latencyMs !== null && <span>{formatCount(latencyMs)} ms</span>}
			{ruleId === null ? <span>Its rule was deleted</span> : <span>version {ruleVersion}</span>}
			{!evaluation.current && <span>A later verdict took its place</span>}
			{judgeTraceId !== null && (
				<Link href={`${tracesPath}/${judgeTraceId}`} prefetch={false} className="text-accent-ink hover:underline">
					The judge’s own trace
				</Link>
			)}
		</footer>
	);
}
