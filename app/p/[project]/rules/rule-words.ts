import { formatCount, formatCounted, formatDecimal } from "@/app/_ui/format-number";
import { printFilter } from "@/lib/filter/print-filter";
import type { Evaluator } from "@/lib/rules/evaluator";
import type { Rule, RuleDefinition, RuleTarget } from "@/lib/rules/rule";

export const TARGET_WORDS: Record<RuleTarget, string> = { SPAN: "each span", TRACE: "the whole trace" };

export const KIND_WORDS: Record<Evaluator["kind"], string> = {
	llm_judge: "model",
	assertion: "assertion",
	code: "code",
};

/** A filter as people type it; what fits everything has no text. */
export function filterWords(filter: RuleDefinition["filter"]): string {
	return printFilter(filter) || "everything";
}

/** `every one`, `25 %` */
export function sampleWords(rate: number): string {
	return rate === 1 ? "every one" : `${formatDecimal(Number((rate * 100).toPrecision(12)))} %`;
}

/** `from 0.7`, `always` */
export function passWords({ threshold }: Pick<Rule, "threshold">): string {
	return threshold === null ? "always" : `from ${threshold}`;
}

export function settleWords({ settleSeconds, settleSecondsMax }: RuleDefinition): string {
	return `after ${formatCount(settleSeconds)} s of quiet, at most ${formatCount(settleSecondsMax)} s`;
}

type Assertion = Extract<Evaluator, { kind: "assertion" }>["assertion"];

/** What an assertion says of the output: `contains “refund”, whatever the case`. */
export function assertionWords(assertion: Assertion): string {
	switch (assertion.type) {
		case "contains":
			return `contains “${assertion.value}”${caseWords(assertion.ignoreCase)}`;
		case "not_contains":
			return `does not contain “${assertion.value}”${caseWords(assertion.ignoreCase)}`;
		case "equals":
			return `is exactly “${assertion.value}”${caseWords(assertion.ignoreCase)}`;
		case "matches_regex":
			return `matches /${assertion.pattern}/${assertion.flags}`;
		case "max_length":
			return `has at most ${formatCounted(assertion.value, "character")}`;
		case "is_json":
			return "is JSON";
		case "matches_schema":
			return "is JSON that fits a schema";
	}
}

function caseWords(ignoreCase: boolean): string {
	return ignoreCase ? ", whatever the case" : "";
}
