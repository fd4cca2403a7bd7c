import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql } from "@/lib/clickhouse/sql";
import { db } from "@/lib/db/client";
import { answerInTime } from "@/lib/health/answer-in-time";

export interface StoreStates {
	clickhouse: "ok" | "unavailable";
	postgres: "ok" | "unavailable";
}

/** Asks both stores a trivial question, and waits a few seconds for the answer. */
export async function checkStores(): Promise<StoreStates> {
	const [clickhouse, postgres] = await Promise.allSettled([
		query({ name: "health", sql: sql`SELECT 1 AS one`, row: z.object({ one: z.number() }), timeoutSeconds: 3 }),
		// Inside the async function a database that was never opened is a rejection like any other.
		answerInTime(async () => db().$queryRaw`SELECT 1`),
	]);
	return {
		clickhouse: clickhouse.status === "fulfilled" ? "ok" : "unavailable",
		postgres: postgres.status === "fulfilled" ? "ok" : "unavailable",
	};
}
