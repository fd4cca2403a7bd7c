import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatCount } from "@/app/_ui/format-number";
import { LineText } from "@/app/_ui/line-text";
import { SectionFrame } from "@/app/_ui/section-frame";
import { BlockedChip } from "@/app/p/[project]/rules/blocked-chip";
import {
	assertionWords,
	filterWords,
	KIND_WORDS,
	passWords,
	sampleWords,
	settleWords,
	TARGET_WORDS,
} from "@/app/p/[project]/rules/rule-words";
import { traceSearchHref } from "@/app/p/[project]/traces/search-params";
import type { Connection } from "@/lib/connections/connection";
import { printFilter } from "@/lib/filter/print-filter";
import type { Evaluator } from "@/lib/rules/evaluator";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	rule: Rule;
	connection: Connection | null;
	tracesPath: string;
}

/** The rule as it is, in words. */
export function RuleFacts({ rule, connection, tracesPath }: Props) {
	return (
		<SectionFrame
			title="The rule"
			note={`version ${rule.version}`}
			actions={<Chip tone={rule.enabled ? "pass" : "neutral"}>{rule.enabled ? "enabled" : "switched off"}</Chip>}
		>
			<dl className="grid gap-x-6 gap-y-1 p-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
				<Fact label="Filter">
					<code className="font-mono text-xs wrap-anywhere">
						<LineText text={filterWords(rule.filter)} />
					</code>{" "}
					<Link
						href={traceSearchHref(tracesPath, { filter: printFilter(rule.filter) })}
						prefetch={false}
						className="text-xs whitespace-nowrap text-accent-ink hover:underline"
					>
						Traces that fit
					</Link>
				</Fact>
				<Fact label="Judges">
					{TARGET_WORDS[rule.target]}
					{rule.target === "TRACE" && <span className="text-muted">, {settleWords(rule)}</span>}
				</Fact>
				<Fact label="Evaluator">
					<span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
						{rule.evaluatorName}
						<span className="text-muted">
							{connection ? `${connection.name} (${connection.model})` : KIND_WORDS[rule.evaluator.kind]}
						</span>
						{connection && <BlockedChip connection={connection} />}
					</span>
				</Fact>
				<EvaluatorFacts evaluator={rule.evaluator} />
				<Fact label="Passes">
					{passWords(rule)}{" "}
					<span className="text-muted">
						of {rule.minScore} to {rule.maxScore}
					</span>
				</Fact>
				<Fact label="Share">{sampleWords(rule.sampleRate)}</Fact>
				{rule.priority !== 0 && <Fact label="Priority">{formatCount(rule.priority)}</Fact>}
			</dl>
		</SectionFrame>
	);
}

function EvaluatorFacts({ evaluator }: { evaluator: Evaluator }) {
	switch (evaluator.kind) {
		case "assertion":
			return <Fact label="The output">{assertionWords(evaluator.assertion)}</Fact>;
		case "code":
			return (
				<Fact label="Code">
					<FoldedText text={evaluator.source} mono shownLines={12} />
				</Fact>
			);
		case "llm_judge":
			return (
				<>
					<Fact label="Criteria">
						<FoldedText text={evaluator.criteria} shownLines={12} />
					</Fact>
					{evaluator.template !== null && (
						<Fact label="Template">
							<FoldedText text={evaluator.template} mono shownLines={12} />
						</Fact>
					)}
				</>
			);
	}
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="contents">
			<dt className="text-xs leading-5 text-faint">{label}</dt>
			<dd className="min-w-0 text-ink max-sm:mb-1.5">{children}</dd>
		</div>
	);
}
