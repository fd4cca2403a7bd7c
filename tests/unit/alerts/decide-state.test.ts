import { describe, expect, it } from "vitest";
import type { Alert, AlertState } from "@/lib/alerts/alert";
import { decideState, type Measurement } from "@/lib/alerts/decide-state";

const STATES: AlertState[] = ["OK", "FIRING", "NO_DATA"];
const of = (value: number | null, samples = 10): Measurement => ({ value, samples });

type Terms = Pick<Alert, "comparison" | "threshold" | "minSamples">;

function decide({ comparison, threshold, minSamples }: Terms, current: Measurement, before: Measurement | null = null) {
	return STATES.map((state) => decideState({ comparison, threshold, minSamples, state }, current, before));
}

const ALL_FIRE = ["FIRING", "FIRING", "FIRING"];
const ALL_OK = ["OK", "OK", "OK"];
/** From OK, from FIRING, from NO_DATA. */
const UNSURE = ["NO_DATA", "FIRING", "NO_DATA"];

describe("decideState()", () => {
	const above: Terms = { comparison: "ABOVE", threshold: 0.5, minSamples: 5 };
	const below: Terms = { comparison: "BELOW", threshold: 0.5, minSamples: 5 };
	const rises: Terms = { comparison: "RISES_BY", threshold: 0.2, minSamples: 5 };
	const falls: Terms = { comparison: "FALLS_BY", threshold: 0.2, minSamples: 5 };

	it.each([
		["above", above, of(0.51), null, ALL_FIRE],
		["at the threshold", above, of(0.5), null, ALL_OK],
		["under it", above, of(0.49), null, ALL_OK],
		["below", below, of(0.49), null, ALL_FIRE],
		["at the threshold", below, of(0.5), null, ALL_OK],
		["zero is a value", below, of(0), null, ALL_FIRE],
		["up by more", rises, of(0.61), of(0.5), ALL_FIRE],
		["up by exactly so much", rises, of(0.6), of(0.5), ALL_OK],
		["down instead", rises, of(0.1), of(0.5), ALL_OK],
		["up from zero", rises, of(0.001), of(0), ALL_FIRE],
		["zero and zero before", rises, of(0), of(0), ALL_OK],
		["down by more", falls, of(0.39), of(0.5), ALL_FIRE],
		["down by exactly so much", falls, of(0.4), of(0.5), ALL_OK],
		["zero and zero before", falls, of(0), of(0), ALL_OK],
		["too few samples", above, of(0.9, 4), null, UNSURE],
		["just enough samples", above, of(0.9, 5), null, ALL_FIRE],
		["no value", above, of(null, 10), null, UNSURE],
		["too few samples before", rises, of(0.9), of(0.1, 4), UNSURE],
		["no value before", falls, of(0.9), of(null), UNSURE],
		["nothing wanted, nothing there", { ...above, minSamples: 0 }, of(0, 0), null, ALL_OK],
		["nothing wanted, nothing known", { ...above, minSamples: 0 }, of(null, 0), null, UNSURE],
	])("%s (%o)", (_name, terms, current, before, expected) => {
		expect(decide(terms, current, before)).toEqual(expected);
	});
});
