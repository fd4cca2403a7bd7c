import { describe, expect, it } from "vitest";
import { AlertInput } from "@/lib/alerts/alert";

const RULE = "01890000-0000-7000-8000-000000000000";
const PLAIN = { name: "Quality", metric: "PASS_RATE", comparison: "BELOW", threshold: 0.8, windowMinutes: 60 };

describe("AlertInput", () => {
	it("has defaults, and takes an empty rule for none", () => {
		const full = { ...PLAIN, ruleId: null, minSamples: 1, enabled: true };
		expect(AlertInput.parse(PLAIN)).toEqual(full);
		expect(AlertInput.parse({ ...PLAIN, ruleId: "" })).toEqual(full);
		expect(AlertInput.parse({ ...PLAIN, ruleId: RULE, minSamples: 0, enabled: false })).toEqual({
			...full,
			ruleId: RULE,
			minSamples: 0,
			enabled: false,
		});
	});

	it.each([
		[{ metric: "COST", comparison: "ABOVE", threshold: 1000 }],
		[{ metric: "LATENCY_P95", comparison: "ABOVE", threshold: 20_000 }],
		[{ metric: "COST", ruleId: RULE }],
		[{ comparison: "RISES_BY", threshold: 5 }],
		[{ comparison: "FALLS_BY", threshold: 0.1, metric: "MEAN_SCORE" }],
		[{ windowMinutes: 10_080 }],
		[{ comparison: "BELOW", threshold: 1 }],
		[{ comparison: "ABOVE", threshold: 0 }],
	])("takes %o", (given) => {
		expect(AlertInput.safeParse({ ...PLAIN, ...given }).success).toBe(true);
	});

	it.each([
		[{ name: " " }, "name"],
		[{ metric: "SPEED" }, "metric"],
		[{ threshold: 1.1 }, "threshold"],
		[{ threshold: -1 }, "threshold"],
		[{ threshold: Number.NaN }, "threshold"],
		[{ threshold: 0 }, "threshold"],
		[{ comparison: "ABOVE", threshold: 1 }, "threshold"],
		[{ comparison: "RISES_BY", threshold: 0 }, "threshold"],
		[{ comparison: "FALLS_BY", threshold: 1 }, "threshold"],
		[{ windowMinutes: 0 }, "windowMinutes"],
		[{ windowMinutes: 1.5 }, "windowMinutes"],
		[{ windowMinutes: 10_081 }, "windowMinutes"],
		[{ minSamples: -1 }, "minSamples"],
		[{ ruleId: "rule" }, "ruleId"],
		[{ metric: "ERROR_RATIO", ruleId: RULE }, "ruleId"],
		[{ metric: "LATENCY_P95", threshold: 20, ruleId: RULE }, "ruleId"],
	])("refuses %o", (given, field) => {
		const { error } = AlertInput.safeParse({ ...PLAIN, ...given });
		expect(error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
	});
});
