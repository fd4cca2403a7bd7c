import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { drainInserts, insert, refuseWhenFull } from "@/lib/clickhouse/insert";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { randomHex } from "@/lib/ids";
import { sleep } from "@/lib/time";
import { writeSpans } from "@/lib/traces/write-spans";
import { type ClickhouseProxy, proxyClickhouse } from "@/tests/support/clickhouse-proxy";
import { eventually } from "@/tests/support/eventually";
import { failure } from "@/tests/support/failure";
import { plainSpan } from "@/tests/support/plain-span";
import { ownClickhouse } from "@/tests/support/stores";

const clickhouse = ownClickhouse();

beforeAll(async () => {
	await clickhouse.ready();
	await migrateClickhouse();
});

let proxy: ClickhouseProxy;
beforeEach(async () => {
	proxy = await proxyClickhouse();
});
afterEach(async () => {
	await drainInserts();
	await proxy.close();
});

const MIB = 1024 * 1024;

const spansOf = (projectId: string, count = 1, fields = {}) =>
	Array.from({ length: count }, () => plainSpan({ projectId, spanId: randomHex(8), ...fields }));

/** Rows as they lie in the table, replaced ones included. */
async function rowsOf(projectId: string): Promise<number> {
	const [row] = await query({
		name: "rows",
		sql: sql`SELECT toUInt32(count()) AS total FROM spans WHERE project_id = ${string(projectId)}`,
		row: z.object({ total: z.number() }),
	});
	return row?.total ?? 0;
}

describe("insert()", () => {
	it("stores what many callers bring at once in few blocks, and answers each after its own is stored", async () => {
		const projectId = randomHex(8);
		await Promise.all(
			Array.from({ length: 200 }, async () => {
				await writeSpans(spansOf(projectId));
			}),
		);
		expect(await rowsOf(projectId)).toBe(200);
		expect(proxy.inserts.length).toBeLessThan(20);
	});

	it("sends a block again whose answer was lost, and ClickHouse stores it once", async () => {
		const projectId = randomHex(8);
		proxy.fate = ({ number }) => (number === 1 ? "lose answer" : "pass");
		await writeSpans(spansOf(projectId, 5));
		expect(proxy.inserts).toHaveLength(2);
		const tokens = proxy.inserts.map(({ settings }) => settings.get("insert_deduplication_token"));
		expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
		expect(tokens[1]).toBe(tokens[0]);
		expect(await rowsOf(projectId)).toBe(5);
	});

	it("stores a block that never reached ClickHouse the first time", async () => {
		const projectId = randomHex(8);
		proxy.fate = ({ number }) => (number <= 2 ? "lose" : "pass");
		await writeSpans(spansOf(projectId, 5));
		expect(await rowsOf(projectId)).toBe(5);
	});

	it("gives every block a token of its own, so that the same rows sent again are stored again", async () => {
		const projectId = randomHex(8);
		const spans = spansOf(projectId, 3);
		await writeSpans(spans);
		await writeSpans(spans);
		expect(await rowsOf(projectId)).toBe(6);
	});

	it("gathers while a block is on its way, and starts a second one only when it is full", async () => {
		const projectId = randomHex(8);
		proxy.fate = () => "hold";
		const first = writeSpans(spansOf(projectId));
		await eventually(() => expect(proxy.inserts).toHaveLength(1));
		const others = Array.from({ length: 50 }, () => writeSpans(spansOf(projectId)));
		await sleep(100);
		expect(proxy.inserts).toHaveLength(1);
		const full = writeSpans(spansOf(projectId, 9000));
		await eventually(() => expect(proxy.inserts).toHaveLength(2));
		proxy.fate = () => "pass";
		proxy.release();
		await Promise.all([first, full, ...others]);
		expect(await rowsOf(projectId)).toBe(9051);
	});

	it("holds no more rows than its buffer, and says at once to come back later", async () => {
		const projectId = randomHex(8);
		proxy.fate = () => "hold";
		const large = { attributes: new Map([["blob", { stringValue: "x".repeat(4 * MIB) }]]) };
		const taken = Array.from({ length: 16 }, () => writeSpans(spansOf(projectId, 1, large)));
		const refused = await failure(() => writeSpans(spansOf(projectId)));
		expect(refused).toMatchObject({ code: "unavailable", retryable: true });
		expect(refused.retryAfterMs).toBeGreaterThanOrEqual(2000);
		expect(() => refuseWhenFull()).toThrow(/rows wait/);
		proxy.fate = () => "pass";
		proxy.release();
		await Promise.all(taken);
		refuseWhenFull();
		expect(await rowsOf(projectId)).toBe(16);
	});

	it("answers within some eight seconds when ClickHouse does not, and then lets one block try while others need not wait", async () => {
		const projectId = randomHex(8);
		proxy.fate = () => "hold";
		const first = failure(() => writeSpans(spansOf(projectId)));
		const behind = failure(() => writeSpans(spansOf(projectId)));
		expect(await first).toMatchObject({ code: "unavailable" });
		expect(await behind).toMatchObject({ code: "unavailable" });
		expect(() => refuseWhenFull()).toThrow(/cannot be reached/);
		// The second after: somebody may try, and meanwhile nobody else.
		await eventually(() => refuseWhenFull());
		const probe = writeSpans(spansOf(projectId));
		expect((await failure(() => writeSpans(spansOf(projectId)))).message).toMatch(/cannot be reached/);
		proxy.fate = () => "pass";
		proxy.release();
		await probe;
		refuseWhenFull();
		await writeSpans(spansOf(projectId));
	});

	it("tells the callers of a block that cannot be stored, and goes on with the next", async () => {
		const bad = { project_id: "p", trace_id: "t", span_id: "s", start_unix_nano: "yesterday" };
		const [failed, projectId] = [failure(() => insert("spans", [bad])), randomHex(8)];
		expect(await failed).toMatchObject({ code: "internal", retryable: false });
		await writeSpans(spansOf(projectId));
		expect(await rowsOf(projectId)).toBe(1);
	});
});
