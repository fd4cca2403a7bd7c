export type SeriesTone = "accent" | "fail" | "pass" | "warn" | "info" | "muted" | "ink";

/** One row of numbers over the buckets of a chart. */
export interface Series {
	key: string;
	/** In the legend and at the head of its column. */
	word: string;
	tone: SeriesTone;
	/** One a bucket; null where it is not known, which is a gap. */
	values: readonly (number | null)[];
	isDashed?: boolean;
}

/** How each tone fills, is drawn as a line and shows in the legend. */
export const TONES: Record<SeriesTone, { fill: string; stroke: string; swatch: string }> = {
	accent: { fill: "fill-bar", stroke: "stroke-bar", swatch: "bg-bar" },
	fail: { fill: "fill-bar-fail", stroke: "stroke-bar-fail", swatch: "bg-bar-fail" },
	pass: { fill: "fill-pass", stroke: "stroke-pass", swatch: "bg-pass" },
	warn: { fill: "fill-warn", stroke: "stroke-warn", swatch: "bg-warn" },
	info: { fill: "fill-info", stroke: "stroke-info", swatch: "bg-info" },
	muted: { fill: "fill-field-line", stroke: "stroke-field-line", swatch: "bg-field-line" },
	ink: { fill: "fill-ink", stroke: "stroke-ink", swatch: "bg-ink" },
};
