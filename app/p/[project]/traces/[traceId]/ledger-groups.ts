import type { Decision } from "@/lib/evaluations/decision";

/** What one rule decided about a trace, seen from one of its spans. */
export interface LedgerGroup {
	ruleId: string;
	ruleName: string;
	/** About the span and about the trace as a whole. */
	here: Decision[];
	/** What was decided about these before. */
	earlier: Decision[];
	/** About other spans, where it came to more than that the rule does not mean them. */
	elsewhere: Decision[];
	/** Other spans that the rule does not mean. */
	notMatched: number;
}

/** The decisions by rule, in the order in which the rules come. */
export function ledgerGroups(decisions: readonly Decision[], spanId: string): LedgerGroup[] {
	const groups = new Map<string, LedgerGroup>();
	for (const decision of decisions) {
		const { ruleId, ruleName } = decision;
		const group = groups.get(ruleId) ?? { ruleId, ruleName, here: [], earlier: [], elsewhere: [], notMatched: 0 };
		groups.set(ruleId, group);
		const isReplaced = decision.state === "replaced";
		if (decision.spanId === null || decision.spanId === spanId)
			(isReplaced ? group.earlier : group.here).push(decision);
		else if (isReplaced) continue;
		else if (decision.state === "not_matched") group.notMatched++;
		else group.elsewhere.push(decision);
	}
	return [...groups.values()];
}
