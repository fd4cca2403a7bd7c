import { expect, it } from "vitest";
import { ledgerGroups } from "@/app/p/[project]/traces/[traceId]/ledger-groups";
import type { Decision } from "@/lib/evaluations/decision";

function decision(ruleId: string, spanId: string | null, state: Decision["state"]): Decision {
	return { ruleId, ruleName: ruleId, ruleVersion: 1, spanId, spanName: spanId, state, reason: "", evaluation: null };
}

it("puts the chosen span's and the trace's decisions first and counts the spans that are not meant", () => {
	const [calls, whole] = ledgerGroups(
		[
			decision("calls", "1", "not_matched"),
			decision("calls", "2", "sampled_out"),
			decision("calls", "3", "not_matched"),
			decision("calls", "4", "done"),
			decision("calls", "4", "replaced"),
			decision("calls", "2", "replaced"),
			decision("whole", null, "waiting_for_quiet"),
		],
		"2",
	);
	expect(calls?.here.map(({ state }) => state)).toEqual(["sampled_out"]);
	expect(calls?.earlier.map(({ spanId }) => spanId)).toEqual(["2"]);
	expect(calls?.elsewhere.map(({ spanId }) => spanId)).toEqual(["4"]);
	expect(calls?.notMatched).toBe(2);
	expect(whole).toMatchObject({
		ruleId: "whole",
		here: [{ state: "waiting_for_quiet" }],
		elsewhere: [],
		notMatched: 0,
	});
});
