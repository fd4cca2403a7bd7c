import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEngineHealth } from "@/inngest/read-engine-health";
import { closeDatabase, db } from "@/lib/db/client";
import { beat } from "@/lib/health/beat";
import { findLastBeat } from "@/lib/health/find-last-beat";
import { closeTestDatabase, openTestDatabase } from "@/tests/support/database";

const MINUTE = 60_000;
const START = new Date("2026-11-22T10:00:00Z");
const atMinute = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

describe("readEngineHealth()", () => {
	beforeAll(openTestDatabase);
	afterAll(closeTestDatabase);

	it("is well for the three minutes in which the first tick may come, then degraded", async () => {
		expect(await readEngineHealth(atMinute(2), START)).toEqual({
			mode: "embedded",
			status: "ok",
			about: "embedded engine: this machine only, no Inngest UI",
			server: null,
			registration: null,
			lastTickSeconds: null,
			trouble: null,
		});
		expect(await readEngineHealth(atMinute(4), START)).toMatchObject({
			status: "degraded",
			trouble: expect.stringContaining("No cron tick"),
		});
	});

	it("says how long ago the last tick was, is degraded after three minutes of silence, and well again with the next", async () => {
		await beat("sweep", atMinute(10));
		expect(await readEngineHealth(atMinute(10.75), START)).toMatchObject({ status: "ok", lastTickSeconds: 45 });
		expect(await readEngineHealth(atMinute(14), START)).toMatchObject({ status: "degraded", lastTickSeconds: 240 });
		await beat("sweep", atMinute(14));
		expect(await readEngineHealth(atMinute(14.5), START)).toMatchObject({ status: "ok", lastTickSeconds: 30 });
		expect(await findLastBeat("sweep")).toEqual(atMinute(14));
	});

	it("does not hold it against a new process that there was none before", async () => {
		expect(await readEngineHealth(atMinute(100), atMinute(99))).toMatchObject({
			status: "ok",
			lastTickSeconds: 86 * 60,
		});
	});

	it("tells a database that hangs as trouble instead of waiting for it", async () => {
		const health = await db().$transaction(
			async (tx) => {
				await tx.$executeRaw`LOCK TABLE heartbeats IN ACCESS EXCLUSIVE MODE`;
				// Asks on another connection, or waits for this one.
				return readEngineHealth(atMinute(15), START);
			},
			{ timeout: 60_000 },
		);
		expect(health).toMatchObject({ lastTickSeconds: null, trouble: expect.stringContaining("database") });
	});

	it("tells a database that does not answer as trouble", async () => {
		await closeDatabase();
		expect(await readEngineHealth(atMinute(1), START)).toMatchObject({
			status: "degraded",
			lastTickSeconds: null,
			trouble: expect.stringContaining("database"),
		});
	});
});
