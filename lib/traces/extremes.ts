/** Moments as ClickHouse prints them sort as text. */
export function extremes(moments: readonly string[]): { first: string; last: string } {
	let [first = "", last = ""] = [moments[0], moments[0]];
	for (const moment of moments) {
		if (moment < first) first = moment;
		if (moment > last) last = moment;
	}
	return { first, last };
}
