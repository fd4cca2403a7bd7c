import type { Alert, AlertMetric } from "@/lib/alerts/alert";

const NAMES: Record<AlertMetric, string> = {
	PASS_RATE: "pass rate",
	MEAN_SCORE: "mean score",
	ERROR_RATIO: "error ratio",
	LATENCY_P95: "95th percentile of latency",
	COST: "cost",
};

const COMPARISONS: Record<Alert["comparison"], string> = {
	ABOVE: "above",
	BELOW: "below",
	RISES_BY: "up by more than",
	FALLS_BY: "down by more than",
};

const NUMBER = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });

type Terms = Pick<Alert, "metric" | "comparison" | "threshold" | "windowMinutes">;

/** A metric in words: `pass rate`. */
export function metricWords(metric: AlertMetric): string {
	return NAMES[metric];
}

/** When an alert fires, in words: `pass rate below 80% over 60 minutes`, `cost up by more than 20% over 1 day`. */
export function conditionWords({ metric, comparison, threshold, windowMinutes }: Terms): string {
	const relative = comparison === "RISES_BY" || comparison === "FALLS_BY";
	const beyond = relative ? percent(threshold) : valueWords(metric, threshold);
	return `${NAMES[metric]} ${COMPARISONS[comparison]} ${beyond} over ${windowWords(windowMinutes)}`;
}

/** A value of a metric with its unit: `81.3%`, `0.72`, `1,240 ms`, `$0.012`. */
export function valueWords(metric: AlertMetric, value: number): string {
	if (metric === "LATENCY_P95") return `${NUMBER.format(value)} ms`;
	if (metric === "COST") return `$${NUMBER.format(value)}`;
	return metric === "MEAN_SCORE" ? NUMBER.format(value) : percent(value);
}

/** `90 minutes`, `1 hour`, `7 days` */
export function windowWords(minutes: number): string {
	if (minutes % 1440 === 0) return counted(minutes / 1440, "day");
	return minutes % 60 === 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
}

function percent(share: number): string {
	return `${NUMBER.format(share * 100)}%`;
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
