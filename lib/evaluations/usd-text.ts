/** An amount of US dollars as sentences show it: in cents, or with two digits where it is less. */
export function usdText(usd: number): string {
	return `$${usd >= 0.1 || usd === 0 ? usd.toFixed(2) : usd.toPrecision(2)}`;
}
