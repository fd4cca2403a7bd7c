import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { clipText } from "@/app/_ui/clip-text";
import { Fold } from "@/app/_ui/fold";
import { formatCount, formatCounted, formatDecimal } from "@/app/_ui/format-number";
import { decisionState } from "@/app/p/[project]/traces/[traceId]/decision-state";
import { EvaluationCard } from "@/app/p/[project]/traces/[traceId]/evaluation-card";
import type { LedgerGroup } from "@/app/p/[project]/traces/[traceId]/ledger-groups";
import type { Decision } from "@/lib/evaluations/decision";

/** More would make a page of a large trace endless. */
const LISTED_MAX = 200;
const NAME_CHARS = 200;

interface Props {
	group: LedgerGroup;
	/** Address of the trace. */
	path: string;
	rulePath: string;
	tracesPath: string;
}

/** What one rule decided: about this span and the trace in full, about the other spans in a line. */
export function LedgerEntry({
	group: { ruleName, here, earlier, elsewhere, notMatched },
	path,
	rulePath,
	tracesPath,
}: Props) {
	return (
		<section aria-label={`Rule ${ruleName}`} className="flex flex-col">
			<h4 className="flex items-baseline gap-2 px-3 pt-2 text-sm">
				<Link
					href={rulePath}
					prefetch={false}
					className="truncate font-medium text-ink hover:text-accent-ink hover:underline"
				>
					{ruleName}
				</Link>
			</h4>
			{here.map((decision) => (
				<DecisionPart
					key={`${decision.spanId} ${decision.evaluation?.id}`}
					decision={decision}
					tracesPath={tracesPath}
				/>
			))}
			{earlier.length > 0 && (
				<Fold
					summaryClassName="mx-2 w-fit rounded px-1 py-0.5 text-xs text-muted hover:text-ink"
					summary={`before: ${formatCounted(earlier.length, "replaced verdict")}`}
				>
					{earlier.map((decision) => (
						<DecisionPart
							key={`${decision.spanId} ${decision.evaluation?.id}`}
							decision={decision}
							tracesPath={tracesPath}
						/>
					))}
				</Fold>
			)}
			<Elsewhere decisions={elsewhere} notMatched={notMatched} path={path} isAlone={here.length === 0} />
		</section>
	);
}

function DecisionPart({ decision, tracesPath }: { decision: Decision; tracesPath: string }) {
	const { tone, word, Icon } = decisionState(decision);
	const { evaluation, reason, ruleVersion, spanId } = decision;
	const subject = spanId === null ? "the whole trace" : "this span";
	if (evaluation !== null) {
		return (
			<EvaluationCard
				evaluation={evaluation}
				state={decision.state === "replaced" ? undefined : { tone, word, Icon }}
				subject={subject}
				remark={remarkOf(decision)}
				tracesPath={tracesPath}
			/>
		);
	}
	return (
		<p className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5 text-xs">
			<Chip tone={tone} icon={<Icon aria-hidden />}>
				{word}
			</Chip>
			<span className="text-faint">{subject}</span>
			<span className="min-w-0 flex-1 basis-48 text-pretty wrap-anywhere text-muted">{reason}</span>
			<span className="shrink-0 text-faint">version {ruleVersion}</span>
		</p>
	);
}

/** A verdict speaks for itself; what waits or was not judged says why. */
function remarkOf({ state, reason }: Decision): string | null {
	return ["done", "failed", "replaced"].includes(state) ? null : reason;
}

interface ElsewhereProps {
	decisions: Decision[];
	notMatched: number;
	path: string;
	/** The rule decided nothing about this span. */
	isAlone: boolean;
}

function Elsewhere({ decisions, notMatched, path, isAlone }: ElsewhereProps) {
	const notMatchedWords = notMatched > 0 ? `not matched: ${formatCounted(notMatched, "span")}` : null;
	if (decisions.length === 0) {
		return notMatchedWords === null ? null : (
			<p className="px-3 pt-0.5 pb-2 text-xs text-faint">
				{isAlone ? "" : "other spans "}
				{notMatchedWords}
			</p>
		);
	}
	const words = [...countWords(decisions), ...(notMatchedWords === null ? [] : [notMatchedWords])];
	return (
		<Fold
			className="pb-1.5"
			summaryClassName="mx-2 w-fit max-w-full rounded px-1 py-0.5 text-xs text-muted hover:text-ink"
			summary={<span className="truncate">other spans: {words.join(" · ")}</span>}
		>
			<ul className="flex flex-col px-3 py-1">
				{decisions.slice(0, LISTED_MAX).map((decision) => (
					<li key={`${decision.spanId} ${decision.evaluation?.id}`} className="flex items-center gap-2 py-0.5 text-xs">
						<DecisionChip decision={decision} />
						<Link
							href={`${path}?span=${decision.spanId}`}
							prefetch={false}
							scroll={false}
							className="min-w-0 truncate text-ink hover:text-accent-ink hover:underline"
							title={decision.reason}
						>
							{clipText(decision.spanName ?? decision.spanId ?? "", NAME_CHARS).shown}
						</Link>
					</li>
				))}
			</ul>
			{decisions.length > LISTED_MAX && (
				<p className="px-3 pb-1 text-xs text-faint">
					{formatCount(decisions.length - LISTED_MAX)} more are not listed.
				</p>
			)}
		</Fold>
	);
}

function DecisionChip({ decision }: { decision: Decision }) {
	const { tone, word, Icon } = decisionState(decision);
	const score = decision.state === "done" && !decision.evaluation?.parseFailed ? decision.evaluation?.score : null;
	return (
		<Chip tone={tone} icon={<Icon aria-hidden />}>
			{word}
			{typeof score === "number" && ` ${formatDecimal(score)}`}
		</Chip>
	);
}

/** `2 passed`, `1 sampled out` */
function countWords(decisions: readonly Decision[]): string[] {
	const counts = new Map<string, number>();
	for (const decision of decisions) {
		const { word } = decisionState(decision);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return [...counts].map(([word, count]) => `${formatCount(count)} ${word}`);
}
