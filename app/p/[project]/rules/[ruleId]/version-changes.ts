import { formatDecimal } from "@/app/_ui/format-number";
import {
	assertionWords,
	filterWords,
	KIND_WORDS,
	passWords,
	sampleWords,
	settleWords,
	TARGET_WORDS,
} from "@/app/p/[project]/rules/rule-words";
import type { RuleDefinition } from "@/lib/rules/rule";

export interface Change {
	/** What changed: `Filter`. */
	what: string;
	/** Null where the other version had nothing of the kind. */
	before: string | null;
	after: string | null;
}

/** What differs between two versions of a rule, in words; `nameOf` says what a connection is called. */
export function versionChanges(
	before: RuleDefinition,
	after: RuleDefinition,
	nameOf: (connectionId: string) => string,
): Change[] {
	const earlier = definitionWords(before, nameOf);
	const later = definitionWords(after, nameOf);
	return [...new Set([...earlier.keys(), ...later.keys()])]
		.map((what) => ({ what, before: earlier.get(what) ?? null, after: later.get(what) ?? null }))
		.filter((change) => change.before !== change.after);
}

function definitionWords(rule: RuleDefinition, nameOf: (connectionId: string) => string): Map<string, string> {
	const { evaluator, connectionId, target, minScore, maxScore } = rule;
	return new Map([
		["Filter", filterWords(rule.filter)],
		["Judges", TARGET_WORDS[target]],
		// Of no meaning to a rule that judges spans.
		...(target === "TRACE" ? [["Settles", settleWords(rule)] as const] : []),
		["Share", sampleWords(rule.sampleRate)],
		["Evaluator", rule.evaluatorName],
		["Judged by", KIND_WORDS[evaluator.kind]],
		...(connectionId === null ? [] : [["Connection", nameOf(connectionId)] as const]),
		...(evaluator.kind === "llm_judge" ? [["Criteria", evaluator.criteria] as const] : []),
		...(evaluator.kind === "llm_judge" && evaluator.template !== null
			? [["Template", evaluator.template] as const]
			: []),
		...(evaluator.kind === "assertion" ? assertionFacts(evaluator.assertion) : []),
		...(evaluator.kind === "code" ? [["Code", evaluator.source] as const] : []),
		["Range", `${formatDecimal(minScore)} to ${formatDecimal(maxScore)}`],
		["Passes", passWords(rule)],
	]);
}

function assertionFacts(assertion: Parameters<typeof assertionWords>[0]): (readonly [string, string])[] {
	const words = ["The output", assertionWords(assertion)] as const;
	return assertion.type === "matches_schema" ? [words, ["Schema", JSON.stringify(assertion.schema)]] : [words];
}
