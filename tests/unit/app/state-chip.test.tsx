import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { StateChip } from "@/app/p/[project]/alerts/state-chip";
import type { Alert } from "@/lib/alerts/alert";

const NOW = new Date("2026-11-22T12:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

const ALERT: Alert = {
	id: "a",
	projectId: "p",
	ruleId: null,
	name: "Errors",
	metric: "ERROR_RATIO",
	comparison: "ABOVE",
	threshold: 0.1,
	windowMinutes: 60,
	minSamples: 1,
	enabled: true,
	mutedUntil: null,
	lastValue: 0,
	state: "OK",
	stateSince: ago(9000),
	checkedAt: ago(60),
	createdAt: ago(9000),
};

function chip(given: Partial<Alert>): string {
	return renderToStaticMarkup(<StateChip alert={{ ...ALERT, ...given }} now={NOW} />);
}

describe("the state of an alert", () => {
	it("is what its last check said while that is no more than three minutes ago", () => {
		expect(chip({ checkedAt: ago(180) })).not.toContain("not measured");
		expect(chip({ checkedAt: null, createdAt: ago(170) })).not.toContain("not measured");
	});

	it("warns when nobody has measured since, and does not look healthy then", () => {
		const html = chip({ checkedAt: ago(181) });
		expect(html).toContain("not measured");
		expect(html).not.toContain("text-pass");
		expect(chip({ checkedAt: null, createdAt: ago(600) })).toContain("not measured");
		expect(chip({ checkedAt: ago(600), state: "FIRING" })).toContain("text-fail");
	});

	it("says nothing of it for an alert that is off", () => {
		expect(chip({ enabled: false, checkedAt: ago(6000) })).not.toContain("not measured");
	});
});
