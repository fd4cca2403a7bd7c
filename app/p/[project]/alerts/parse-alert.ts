import { typedNumber } from "@/app/_ui/typed-number";
import { AlertInput, AlertMetric, METRICS_OF_RULES } from "@/lib/alerts/alert";

/** What the form calls the names of the API. */
export const ALERT_WORDS = { "a UUID": "one of the rules" };

/**
 * An alert's form as AlertInput; an empty number is one that was not given, and a rule does not count for a metric that the
 * form offers no rules for.
 */
export function parseAlert(form: FormData) {
	const text = (name: string) => String(form.get(name) ?? "");
	const number = (name: string) => typedNumber(text(name));
	const metric = AlertMetric.safeParse(text("metric")).data;
	return AlertInput.safeParse({
		name: text("name"),
		metric,
		ruleId: metric && METRICS_OF_RULES.has(metric) ? text("ruleId") : null,
		comparison: text("comparison"),
		threshold: number("threshold"),
		windowMinutes: number("windowMinutes"),
		minSamples: number("minSamples"),
		enabled: form.has("enabled"),
	});
}
