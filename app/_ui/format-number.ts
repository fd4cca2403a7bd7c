const COUNT = new Intl.NumberFormat("en-US");
const DECIMAL = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** `12,345` */
export function formatCount(value: number | bigint): string {
	return COUNT.format(value);
}

/** At most two decimals; never rounds a number to a whole one that it is not. */
export function formatDecimal(value: number): string {
	const short = DECIMAL.format(value);
	return Number.isInteger(Number(short.replaceAll(",", ""))) && !Number.isInteger(value) ? String(value) : short;
}

/** `1 span`, `2 spans` */
export function formatCounted(count: number, noun: string): string {
	return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
