const DECIMALS = 12;
const UNIT = 10 ** DECIMALS;
// What a product of doubles below a dollar can be off by, in units of the last decimal, is a tenth of this.
const DOUBT = 1e-3;

/**
 * US dollars to 12 decimals, as `toFixed` rounds: sums of binary fractions otherwise show 0.00052000000000000001; costs
 * of single tokens are around 1e-7. Below a dollar it is a division, which rounds as reading the decimal text does and
 * takes a sixth of the time, unless the last decimal is too close to a half to tell.
 */
export function roundUsd(usd: number): number {
	if (usd === 0) return 0;
	const units = usd * UNIT;
	const whole = Math.floor(units);
	const rest = units - whole;
	const clear = usd > 0 && usd < 1 && Math.abs(rest - 0.5) > DOUBT;
	return clear ? (rest > 0.5 ? whole + 1 : whole) / UNIT : Number(usd.toFixed(DECIMALS));
}
