const STEPS_MAX = 12;
const LABEL_CHARS_MAX = 80;

/** Name of a step into a list of values, and into a list of key-value pairs. */
export const ITEM = "[";
export const PAIR = "{";

/**
 * Where a decoder stands inside a request. Entering and leaving is cheap, the path becomes text only when somebody is told:
 * `resourceSpans[0].scopeSpans[0].spans[3].attributes[7][0]{2}`. Long paths lose their middle.
 */
export class Place {
	private readonly names: string[] = [];
	private readonly indexes: number[] = [];
	private readonly labels: string[] = [];
	private steps = 0;

	/** One step down: a field, and which of its repeated values, counted from 0; -1 for a field that is not repeated. */
	enter(name: string, index: number): void {
		const step = this.steps++;
		this.names[step] = name;
		this.indexes[step] = index;
		this.labels[step] = "";
	}

	/** The key by which the last step is better known than by its number. */
	label(key: string): void {
		this.labels[this.steps - 1] = key;
	}

	leave(): void {
		this.steps -= 1;
	}

	get depth(): number {
		return this.steps;
	}

	/** Back up to where `depth` was read; needed where an exception left steps behind. */
	returnTo(depth: number): void {
		this.steps = depth;
	}

	/** The path from step `from` on, and into `field` when that is not empty. `byKey`: with keys in the place of numbers. */
	text(from = 0, field = "", byKey = false): string {
		const parts: string[] = [];
		const cut = this.steps - from > STEPS_MAX;
		for (let step = from; step < this.steps; step++) {
			if (cut && step === from + STEPS_MAX / 2) {
				parts.push("…");
				step = this.steps - STEPS_MAX / 2;
			}
			parts.push(this.stepText(step, byKey));
		}
		if (field) parts.push(`.${field}`);
		return parts.join("").replace(/^\./, "");
	}

	private stepText(step: number, byKey: boolean): string {
		const name = this.names[step] ?? "";
		const index = this.indexes[step] ?? -1;
		const label = byKey ? shortLabel(this.labels[step] ?? "") : "";
		const which = label || String(index);
		if (name === ITEM) return `[${which}]`;
		if (name === PAIR) return `{${which}}`;
		return index < 0 ? `.${name}` : `.${name}[${which}]`;
	}
}

function shortLabel(key: string): string {
	return key.length > LABEL_CHARS_MAX ? `${key.slice(0, LABEL_CHARS_MAX).toWellFormed()}…` : key;
}
