import { createHash } from "node:crypto";

/** A number from 0 up to 1 that looks random and is the same for the same text every time. */
export function steadyNumber(text: string): number {
	return createHash("sha256").update(text).digest().readUInt32BE() / 2 ** 32;
}

/** A whole number of milliseconds between two bounds, the same for the same text. */
export function steadyDelayMs(text: string, fromMs: number, toMs: number): number {
	return Math.round(fromMs + steadyNumber(text) * (toMs - fromMs));
}
