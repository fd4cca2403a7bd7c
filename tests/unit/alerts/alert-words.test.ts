import { describe, expect, it } from "vitest";
import { conditionWords, valueWords, windowWords } from "@/lib/alerts/alert-words";

describe("the words of an alert", () => {
	it.each([
		[
			{ metric: "PASS_RATE", comparison: "BELOW", threshold: 0.8, windowMinutes: 60 },
			"pass rate below 80% over 1 hour",
		],
		[
			{ metric: "MEAN_SCORE", comparison: "BELOW", threshold: 0.655, windowMinutes: 90 },
			"mean score below 0.655 over 90 minutes",
		],
		[
			{ metric: "ERROR_RATIO", comparison: "RISES_BY", threshold: 0.5, windowMinutes: 1440 },
			"error ratio up by more than 50% over 1 day",
		],
		[
			{ metric: "LATENCY_P95", comparison: "ABOVE", threshold: 2500, windowMinutes: 5 },
			"95th percentile of latency above 2,500 ms over 5 minutes",
		],
		[
			{ metric: "COST", comparison: "FALLS_BY", threshold: 0.25, windowMinutes: 10_080 },
			"cost down by more than 25% over 7 days",
		],
		[{ metric: "COST", comparison: "ABOVE", threshold: 0.5, windowMinutes: 1 }, "cost above $0.5 over 1 minute"],
	] as const)("%o", (alert, words) => {
		expect(conditionWords(alert)).toBe(words);
	});

	it("give values their unit", () => {
		expect(valueWords("PASS_RATE", 0.81349)).toBe("81.35%");
		expect(valueWords("COST", 0.000475)).toBe("$0.000475");
		expect(windowWords(120)).toBe("2 hours");
	});
});
