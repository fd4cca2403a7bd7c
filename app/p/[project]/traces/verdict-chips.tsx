"use client";

import { createContext, Suspense, use } from "react";
import { Chip } from "@/app/_ui/chip";
import { formatDecimal } from "@/app/_ui/format-number";
import type { RuleVerdict } from "@/app/p/[project]/traces/rule-verdicts";
import { VERDICT_STATES } from "@/app/p/[project]/traces/verdict-states";

const SHOWN_MAX = 4;

/** What the rules say, by trace; null when it cannot be read. */
export type VerdictsByTrace = Record<string, RuleVerdict[]> | null;

/** The verdicts of the page's traces, or what will bring them. */
export const Verdicts = createContext<VerdictsByTrace | Promise<VerdictsByTrace>>({});

/** One chip for each rule that has something to say of a trace. */
export function VerdictChips({ traceKey }: { traceKey: string }) {
	return (
		<Suspense fallback={<span className="text-faint">…</span>}>
			<Chips traceKey={traceKey} />
		</Suspense>
	);
}

function Chips({ traceKey }: { traceKey: string }) {
	const known = use(Verdicts);
	const verdicts = known instanceof Promise ? use(known) : known;
	if (verdicts === null) return <Chip tone="warn">could not be read</Chip>;
	const own = verdicts[traceKey] ?? [];
	if (own.length === 0) {
		return (
			<span className="text-faint" title="No rule has anything to say">
				–
			</span>
		);
	}
	return (
		<span className="flex gap-1 overflow-hidden">
			{own.slice(0, SHOWN_MAX).map((verdict) => (
				<VerdictChip key={verdict.key} verdict={verdict} />
			))}
			{own.length > SHOWN_MAX && <Chip title={`${own.length} rules`}>+{own.length - SHOWN_MAX}</Chip>}
		</span>
	);
}

function VerdictChip({ verdict: { name, state, score, details } }: { verdict: RuleVerdict }) {
	const { tone, word, Icon } = VERDICT_STATES[state];
	return (
		<Chip
			tone={tone}
			icon={<Icon aria-hidden />}
			title={[`${name}: ${word}${score === null ? "" : `, ${score}`}`, ...details].join("\n")}
		>
			<span className="sr-only">
				{name} {word}{" "}
			</span>
			{score === null ? <span aria-hidden>{word}</span> : formatDecimal(score)}
		</Chip>
	);
}
