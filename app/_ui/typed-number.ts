// 0,500 is a half, as somebody writes it who has a comma for a point.
const GROUPED = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;

/**
 * A number as people type it: `1,500` and `12,000.5` have groups, in `0,5` the comma is a point. Null when nothing was
 * typed, NaN when it is no number.
 */
export function typedNumber(typed: string): number | null {
	const text = typed.trim();
	if (text === "") return null;
	return Number(GROUPED.test(text) ? text.replaceAll(",", "") : text.replace(",", "."));
}
