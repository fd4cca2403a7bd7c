import type { Alert } from "@/lib/alerts/alert";
import { conditionWords, valueWords } from "@/lib/alerts/alert-words";
import type { AlertEvent } from "@/lib/alerts/decide-event";

interface Telling {
	alert: Alert;
	event: AlertEvent;
	/** Of the transition: a receiver that got a higher one of the same alert may drop this. */
	seq: number;
	projectName: string;
	/** Null when the alert is of no rule. */
	ruleName: string | null;
	value: number | null;
	/** Of the window before; null when the value is compared with a number. */
	baseline: number | null;
	at: Date;
}

/**
 * What a webhook is sent of an alert: names, numbers and ids, nothing that a span said. `path` is where the alerts are shown,
 * on the host of the dashboard; `text` says it all in a sentence, which chat tools show as it is.
 */
export function alertMessage({ alert, event, seq, projectName, ruleName, value, baseline, at }: Telling): object {
	const { metric, comparison, threshold, windowMinutes } = alert;
	const verb = event === "alert.fired" ? "fires" : "no longer fires";
	const known = value === null ? "" : ` It is ${valueWords(metric, value)}.`;
	const subject = ruleName === null ? projectName : `${projectName}, rule ${ruleName}`;
	return {
		event,
		seq,
		alertId: alert.id,
		alertName: alert.name,
		projectId: alert.projectId,
		projectName,
		ruleId: alert.ruleId,
		ruleName,
		metric,
		comparison,
		threshold,
		value,
		baseline,
		windowMinutes,
		at: at.toISOString(),
		path: `/p/${alert.projectId}/alerts`,
		text: `“${alert.name}” ${verb} (${subject}): ${conditionWords(alert)}.${known}`,
	};
}
