import type { ReactNode } from "react";
import { formatCost } from "@/app/_ui/format-cost";
import { formatCount, formatDecimal } from "@/app/_ui/format-number";
import type { Forecast } from "@/lib/evaluations/forecast-rule";
import type { RuleTarget } from "@/lib/rules/rule";

/** What a rule would have done; a cost that is not known says so. */
export function BackTestFigures({ forecast, target }: { forecast: Forecast; target: RuleTarget }) {
	const { days, matches, sampled, runsPerDay, costPerDayUsd, costNote } = forecast;
	const noun = target === "TRACE" ? "trace" : "span";
	if (matches === 0) {
		return (
			<p className="text-sm text-pretty text-muted">
				No {noun} of the last {days} days fits. The rule may still be right for what comes.
			</p>
		);
	}
	return (
		<>
			<dl className="grid grid-cols-2 gap-2">
				<Figure label={matches === 1 ? `${noun} fits` : `${noun}s fit`}>{formatCount(matches)}</Figure>
				<Figure label="judged, after sampling">{formatCount(sampled)}</Figure>
				<Figure label="evaluations a day">{perDay(runsPerDay)}</Figure>
				<Figure label="a day">
					{costPerDayUsd === null ? <span className="text-warn">cost not known</span> : formatCost(costPerDayUsd)}
				</Figure>
			</dl>
			{costNote !== null && <p className="text-xs text-pretty wrap-anywhere text-muted">{costNote}</p>}
		</>
	);
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="flex min-w-0 flex-col-reverse rounded-md border border-line px-2.5 py-1.5">
			<dt className="text-xs text-muted">{label}</dt>
			<dd className="text-base font-semibold text-ink tabular-nums">{children}</dd>
		</div>
	);
}

function perDay(runs: number): string {
	return runs >= 10 ? formatCount(Math.round(runs)) : formatDecimal(Number(runs.toFixed(1)));
}
