import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { drainInserts, insert } from "@/lib/clickhouse/insert";
import { query } from "@/lib/clickhouse/query";
import { dateTime64, joinSql, sql, string, strings, uint } from "@/lib/clickhouse/sql";
import { randomHex } from "@/lib/ids";
import { failure } from "@/tests/support/failure";
import { ownStores } from "@/tests/support/stores";

ownStores();

const Value = z.object({ value: z.unknown() });

describe("query()", () => {
	it("carries every text through a parameter unchanged", async () => {
		const texts = ["", "'", "\\", "a\\nb\n\t\r", "\0", "世界 👋", "{p0:String}", "--", "$x", "\\N", "NULL"];
		for (const text of texts) {
			const rows = await query({ name: "echo", sql: sql`SELECT ${string(text)} AS value`, row: Value });
			expect(rows).toEqual([{ value: text }]);
		}
		const list = await query({ name: "echo", sql: sql`SELECT ${strings(texts)} AS value`, row: Value });
		expect(list).toEqual([{ value: texts }]);
	});

	it("carries parameters that a URL cannot hold, and lists of as many ids as a query asks for at once", async () => {
		const texts = Array.from({ length: 40 }, (_, index) => String(index).padStart(100_000, "0"));
		const lengths = joinSql(
			texts.map((text) => sql`length(${string(text)})`),
			",",
		);
		const rows = await query({ name: "add", sql: sql`SELECT arraySum([${lengths}]) AS value`, row: Value });
		expect(rows).toEqual([{ value: "4000000" }]);
		const ids = Array.from({ length: 2000 }, (_, index) => String(index).padStart(32, "0"));
		const counted = await query({ name: "count", sql: sql`SELECT length(${strings(ids)}) AS value`, row: Value });
		expect(counted).toEqual([{ value: "2000" }]);
	});

	it("gives 64-bit integers as text, to the last digit", async () => {
		const rows = await query({ name: "echo", sql: sql`SELECT ${uint(2n ** 64n - 1n)} AS value`, row: Value });
		expect(rows).toEqual([{ value: "18446744073709551615" }]);
	});

	it("keeps moments to the millisecond, in UTC", async () => {
		const moment = new Date("2026-03-29T01:30:00.123Z");
		const rows = await query({ name: "echo", sql: sql`SELECT toString(${dateTime64(moment)}) AS value`, row: Value });
		expect(rows).toEqual([{ value: "2026-03-29 01:30:00.123000" }]);
	});

	it("is bounded in rows and in time", async () => {
		const many = sql`SELECT number AS value FROM numbers(1000)`;
		expect((await failure(() => query({ name: "many", sql: many, row: Value, rowsMax: 10 }))).code).toBe("internal");
		const slow = sql`SELECT sleepEachRow(0.5) AS value FROM numbers(20) SETTINGS max_block_size = 1`;
		const error = await failure(() => query({ name: "slow", sql: slow, row: Value, timeoutSeconds: 1 }));
		expect(error).toMatchObject({ code: "unavailable", retryable: true });
	});

	it("says internal for a wrong statement, without ClickHouse's own text", async () => {
		const error = await failure(() => query({ name: "wrong", sql: sql`SELECT secret FROM nowhere`, row: Value }));
		expect(error).toMatchObject({ code: "internal", retryable: false });
		expect(error.message).not.toContain("secret");
		expect((await failure(() => command("wrong", sql`DROP TABLE nowhere_at_all`))).code).toBe("internal");
	});

	it("says internal, not worth repeating, for a row of an unexpected shape", async () => {
		const row = z.object({ value: z.number() });
		const error = await failure(() => query({ name: "shape", sql: sql`SELECT 'text' AS value`, row }));
		expect(error).toMatchObject({ code: "internal", retryable: false });
	});
});

describe("insert()", () => {
	const spanRow = (name: string) => ({
		name,
		project_id: "inserted",
		trace_id: randomHex(16),
		span_id: randomHex(8),
		start_unix_nano: "1",
		expires_at: "2100-01-01 00:00:00.000",
	});
	const stored = async () => {
		const rows = await query({
			name: "stored names",
			sql: sql`SELECT name AS value FROM spans WHERE project_id = 'inserted' ORDER BY name`,
			row: Value,
		});
		return rows.map((row) => row.value);
	};

	it("has the rows of every caller when it resolves, however many come at once", async () => {
		const names = Array.from({ length: 300 }, (_, index) => `span ${String(index).padStart(3, "0")}`);
		await Promise.all(names.map((name) => insert("spans", [spanRow(name)])));
		expect(await stored()).toEqual(names);
		await drainInserts();
	});

	it("tells the caller of rows that cannot be stored", async () => {
		const before = await stored();
		const broken = { ...spanRow("broken"), start_unix_nano: "yesterday" };
		expect((await failure(() => insert("spans", [broken]))).code).toBe("internal");
		expect(await stored()).toEqual(before);
	});

	it("tells neither its caller nor the log what a row held", async () => {
		const logs = (["log", "warn", "error"] as const).map((level) =>
			vi.spyOn(console, level).mockReturnValue(undefined),
		);
		const broken = { ...spanRow("broken"), start_unix_nano: "my private prompt" };
		const error = await failure(() => insert("spans", [broken]));
		const logged = inspect(
			logs.map((log) => log.mock.calls),
			{ depth: 9 },
		);
		for (const log of logs) log.mockRestore();
		expect(error.message).not.toContain("private");
		expect(logged).toContain("insert spans");
		expect(logged).not.toContain("private");
	});

	it("needs no store for no rows", async () => {
		await insert("spans", []);
	});
});
