import { RuleInput } from "@/lib/rules/rule";

/** What the form calls the names of the API. */
export const RULE_WORDS = {
	maxScore: "the highest score",
	"matchType is ATTRIBUTE": "spans are matched by attribute",
	"a UUID": "one of the connections",
};

/** A rule form as RuleInput; an empty number is one that was not given. */
export function parseRule(form: FormData) {
	const text = (name: string) => String(form.get(name) ?? "");
	const number = (name: string) => (text(name).trim() === "" ? null : Number(text(name).replace(",", ".")));
	return RuleInput.safeParse({
		name: text("name"),
		enabled: form.has("enabled"),
		matchType: text("matchType"),
		matchKey: text("matchKey").trim(),
		matchValue: text("matchValue"),
		connectionId: text("connectionId"),
		evaluatorName: text("evaluatorName"),
		criteria: text("criteria"),
		minScore: number("minScore"),
		maxScore: number("maxScore"),
		threshold: number("threshold"),
	});
}
