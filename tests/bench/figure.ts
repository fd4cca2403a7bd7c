/** One measured number beside the limit it stands against. Nothing passes or fails by it. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	/** Against the named limit, measured in the same run, or against what is wanted. */
	ratio?: { of: string; value: number; goal?: string };
	/** Whatever else was seen at that moment. */
	note?: string;
}

export function printFigures(title: string, figures: readonly Figure[]): void {
	console.log(`\n${title}`);
	for (const { name, value, unit, ratio, note } of figures) {
		const goal = ratio?.goal ? ` (goal ${ratio.goal})` : "";
		const beside = ratio ? `${ratio.value.toFixed(ratio.value < 0.2 ? 3 : 2).padStart(6)} x ${ratio.of}${goal}` : "";
		const parts = [beside, note].filter((part) => part);
		console.log(`  ${name.padEnd(46)}${amount(value).padStart(9)} ${unit.padEnd(13)}${parts.join("   ")}`.trimEnd());
	}
}

export function amount(value: number): string {
	return value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(1);
}
