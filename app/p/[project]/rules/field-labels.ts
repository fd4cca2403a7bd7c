/** What the form of a rule calls its fields, where a mistake is told away from its field. */
const LABELS: Record<string, string> = {
	name: "Name",
	filter: "Filter",
	settleSeconds: "Seconds of quiet",
	settleSecondsMax: "Seconds at most",
	evaluatorName: "Evaluator",
	connectionId: "Connection",
	"evaluator.criteria": "Criteria",
	"evaluator.template": "Prompt template",
	"evaluator.assertion.value": "Text",
	"evaluator.assertion.pattern": "Pattern",
	"evaluator.assertion.flags": "Flags",
	"evaluator.assertion.length": "Characters at most",
	"evaluator.assertion.schema": "JSON Schema",
	"evaluator.source": "JavaScript",
	minScore: "Lowest score",
	maxScore: "Highest score",
	threshold: "Passes from",
	sampleRate: "Share in percent",
	dailyBudgetUsd: "US dollars a day",
	dailyBudgetCount: "Evaluations a day",
	priority: "Priority",
};

export function fieldLabel(name: string): string {
	return LABELS[name] ?? name;
}
