import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { schedule } from "@/inngest/functions/expire-traces";

describe("schedule()", () => {
	it("looks every minute for intervals of a minute and more", () => {
		for (const intervalMs of [60_000, 3_600_000, 86_400_000]) {
			expect(schedule(intervalMs, true)).toEqual({ cron: "* * * * *", tickMs: 60_000 });
		}
	});

	it("goes below a minute only where seconds are allowed", () => {
		expect(schedule(2000, false)).toEqual({ cron: "* * * * *", tickMs: 60_000 });
		expect(schedule(2000, true)).toEqual({ cron: "*/2 * * * * *", tickMs: 2000 });
		expect(schedule(100, true)).toEqual({ cron: "*/1 * * * * *", tickMs: 1000 });
	});

	it("gives a pattern that can be scheduled for every allowed interval", () => {
		for (let intervalMs = 100; intervalMs < 120_000; intervalMs += 700) {
			const { cron, tickMs } = schedule(intervalMs, true);
			expect(new Cron(cron, { paused: true }).nextRun()).toBeInstanceOf(Date);
			expect(tickMs).toBeLessThanOrEqual(Math.max(1000, intervalMs));
		}
	});
});
