import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatDecimal } from "@/app/_ui/format-number";
import { formatShare } from "@/app/_ui/format-share";

/** What the numbers of a chart are: a name instead of a function, which a server cannot hand to the browser. */
export type ChartUnit = "count" | "usd" | "ms" | "share" | "score";

const FORMATS: Record<ChartUnit, (value: number) => string> = {
	count: formatCount,
	usd: formatCost,
	ms: (value) => formatDuration(BigInt(Math.round(value * 1e6))),
	share: formatShare,
	score: (value) => formatDecimal(Number(value.toFixed(2))),
};

/** A number of a chart in words; what is not known is a dash. */
export function chartNumber(value: number | null, unit: ChartUnit): string {
	return value === null ? "–" : FORMATS[unit](value);
}

/** A value of the axis: short, because it stands beside the plot. */
export function axisNumber(value: number, unit: ChartUnit): string {
	if (value === 0) return "0";
	if (unit === "count") return COMPACT.format(value);
	if (unit === "ms")
		return FORMATS.ms(value)
			.replace(/(\.\d*?)0+ /, "$1 ")
			.replace(". ", " ");
	if (unit === "usd") return `$${USD.format(value)}`;
	return FORMATS[unit](value);
}

const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const USD = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 2 });
