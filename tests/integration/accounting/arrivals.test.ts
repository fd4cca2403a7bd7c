import { describe, expect, it } from "vitest";
import { z } from "zod";
import { clickhouse } from "@/lib/clickhouse/client";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { type Sql, sql, string, strings } from "@/lib/clickhouse/sql";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { randomHex } from "@/lib/ids";
import { ingestLogs } from "@/lib/ingest/ingest-logs";
import { repriceSpans } from "@/lib/ingest/reprice-spans";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import type { Project } from "@/lib/projects/project";
import { expireTraces } from "@/lib/retention/expire-traces";
import { DAY_MS, sleep } from "@/lib/time";
import { getTrace } from "@/lib/traces/get-trace";
import { writeSpans } from "@/lib/traces/write-spans";
import { eventually } from "@/tests/support/eventually";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import { anyValue, attributes, jsonBody, otlpLog, otlpLogRequest, otlpSpan } from "@/tests/support/otlp-request";
import { plainSpan } from "@/tests/support/plain-span";
import { expectBooks, readBooks } from "@/tests/support/read-books";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const batch = (size: number) => Array.from({ length: size }, () => otlpSpan());

async function rowsOf(table: Sql, project: Project | { id: string }): Promise<number> {
	const where = sql`WHERE project_id = ${string(project.id)}`;
	const [counted] = await query({
		name: "count rows",
		sql: sql`SELECT toUInt32(count()) AS rows FROM ${table} ${where}`,
		row: z.object({ rows: z.number() }),
	});
	return counted?.rows ?? 0;
}

describe("the books of arrivals", () => {
	it("count the same batch three times: kept once, twice a duplicate", async () => {
		const project = await newProject();
		const spans = batch(7);
		for (let time = 0; time < 3; time++) await send(project, spans);
		const expected = { received: 21, stored: 7, duplicates: 14 };
		const books = await expectBooks(project, expected);
		expect(books.projects).toEqual([expect.objectContaining({ projectId: project.id, ...expected })]);
	});

	it("count a span that is sent again with other content as a duplicate, and one that a batch holds twice", async () => {
		const project = await newProject();
		const [first, second] = batch(2);
		await send(project, [{ ...first, name: "before" }]);
		await send(project, [{ ...first, name: "after" }]);
		await send(project, [second ?? {}, { ...second, name: "twice" }]);
		await expectBooks(project, { received: 4, stored: 2, duplicates: 2 });
	});

	it("count a span in the minute of its latest arrival, and the others as duplicates where they arrived", async () => {
		const project = await newProject();
		const spans = ["a1", "a2", "a3"].map((id) => plainSpan({ projectId: project.id, spanId: id.padStart(16, "0") }));
		// A window that moves on while it is looked at would be another one.
		const restMs = 60_000 - (Date.now() % 60_000);
		if (restMs < 15_000) await sleep(restMs);
		const now = Math.floor(Date.now() / 60_000) * 60_000;
		const minuteAgo = (minutes: number) => new Date(now - minutes * 60_000);
		await writeSpans(spans, { receivedAt: minuteAgo(3) });
		await writeSpans(spans.slice(0, 2), { receivedAt: minuteAgo(2) });
		await writeSpans(spans.slice(0, 1), { receivedAt: minuteAgo(1) });
		const books = await expectBooks(project, { received: 6, stored: 3, duplicates: 3 });
		expect(books.minutes).toEqual([
			expect.objectContaining({ minute: minuteAgo(3), received: 3, stored: 1, duplicates: 2 }),
			expect.objectContaining({ minute: minuteAgo(2), received: 2, stored: 1, duplicates: 1 }),
			expect.objectContaining({ minute: minuteAgo(1), received: 1, stored: 1, duplicates: 0 }),
		]);
		// What arrived before the window is not known to it.
		expect(await readBooks(project, 3)).toMatchObject({ received: 3, stored: 2, duplicates: 1 });
		expect(await readBooks(project, 1)).toMatchObject({
			received: 0,
			minutes: [],
			projects: [],
			senders: [],
			lag: null,
		});
	});

	it("are those of one project, of none, or of all", async () => {
		const [one, other] = [await newProject(), await newProject()];
		const spans = batch(3);
		const before = { none: await readBooks("none"), all: await readBooks(null) };
		await send(one, spans);
		await send(other, spans);
		await send(null, batch(2));
		await expectBooks(one, { received: 3, stored: 3 });
		await expectBooks(other, { received: 3, stored: 3 });
		expect((await readBooks("none")).received).toBe(before.none.received + 2);
		const all = await readBooks(null);
		expect(all.received).toBe(before.all.received + 8);
		expect(all.projects.map(({ projectId }) => projectId)).toEqual(expect.arrayContaining([one.id, other.id, ""]));
	});

	it("do not count what Spanwise writes again: log records joined, prices, adoption by a project", async () => {
		const project = await newProject();
		const call = llmSpan({
			attributes: attributes({
				"gen_ai.operation.name": "chat",
				"gen_ai.request.model": "house-model",
				"gen_ai.usage.input_tokens": 1000,
				"gen_ai.usage.output_tokens": 100,
			}),
		});
		await send(project, [call]);
		const said = { ...call, eventName: "gen_ai.user.message", body: anyValue({ content: "Hello?" }) };
		const log = otlpLog({ traceId: said.traceId, spanId: said.spanId, eventName: said.eventName, body: said.body });
		await ingestLogs("json", jsonBody(otlpLogRequest([log], inProject(project.name))));
		expect((await getTrace({ projectIds: [project.id], traceId: call.traceId })).spans[0]?.inputText).toBe("Hello?");

		await createPriceOverride(
			project.id,
			PriceOverrideInput.parse({ modelPattern: "house-*", inputPerMillion: 1, outputPerMillion: 2 }),
		);
		const everything = { from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) };
		expect((await repriceSpans({ projectId: project.id, ...everything })).changed).toBe(1);

		const stray = otlpSpan();
		const before = await readBooks("none");
		await send(null, [stray]);
		await send(project, [otlpSpan({ traceId: stray.traceId })]);
		await planTasks({ projectId: project.id, overlapMs: 60_000 });
		expect((await getTrace({ projectIds: [project.id], traceId: stray.traceId ?? "" })).spans).toHaveLength(2);
		await expectBooks(project, { received: 2, stored: 2 });
		// The stray arrived without a project and is kept, if elsewhere by now.
		const count = before.received + 1;
		await expectBooks("none", { received: count, stored: before.stored + 1, duplicates: before.duplicates });
	});

	it("say the same with merges stopped and after every merge", async () => {
		await command("stop merges", sql`SYSTEM STOP MERGES spans`);
		await command("stop merges", sql`SYSTEM STOP MERGES span_arrivals`);
		const project = await newProject();
		const spans = batch(20);
		for (let time = 0; time < 3; time++) await send(project, spans);
		const expected = { received: 60, stored: 20, duplicates: 40 };
		const unmerged = await expectBooks(project, expected);
		expect(await rowsOf(sql`spans`, project)).toBe(60);
		for (const table of [sql`spans`, sql`span_arrivals`]) {
			await command("start merges", sql`SYSTEM START MERGES ${table}`);
			await command("merge", sql`OPTIMIZE TABLE ${table} FINAL`);
		}
		expect(await rowsOf(sql`spans`, project)).toBe(20);
		const merged = await expectBooks(project, expected);
		expect(merged.minutes).toEqual(unmerged.minutes);
	});

	it("tell who sent what, and how long it took from the door to the store", async () => {
		const project = await newProject();
		const resource = {
			"service.name": "shop",
			"telemetry.sdk.name": "opentelemetry",
			"telemetry.sdk.language": "nodejs",
			"telemetry.sdk.version": "2.1.0",
		};
		const texts = new Map(Object.entries(resource).map(([key, stringValue]) => [key, { stringValue }]));
		const known = { attributes: texts, droppedAttributesCount: 0, schemaUrl: "" };
		const spans = ["b1", "b2", "b3"].map((id) =>
			plainSpan({ projectId: project.id, spanId: id.padStart(16, "0"), convention: "otel", resource: known }),
		);
		const receivedAt = new Date(Date.now() - 1000);
		await writeSpans(spans, { receivedAt });
		await writeSpans([plainSpan({ projectId: project.id, convention: "other" })], { receivedAt });
		const books = await readBooks(project);
		expect(books.senders).toEqual([
			{ service: "shop", sdk: "opentelemetry nodejs 2.1.0", convention: "otel", spans: 3, lastAt: receivedAt },
			{ service: "", sdk: "", convention: "other", spans: 1, lastAt: receivedAt },
		]);
		expect(books.lag?.p50Ms).toBeGreaterThanOrEqual(1000);
		expect(books.lag?.p99Ms).toBeGreaterThanOrEqual(books.lag?.p50Ms ?? Number.POSITIVE_INFINITY);
	});
});

describe("what is missing", () => {
	it("is what arrived and is no longer there", async () => {
		const project = await newProject();
		const spans = batch(5);
		await send(project, spans);
		await expectBooks(project, { received: 5, stored: 5 });
		const gone = strings(spans.slice(0, 2).map(({ spanId }) => spanId ?? ""));
		const where = sql`project_id = ${string(project.id)} AND span_id IN ${gone}`;
		await command("lose spans", sql`DELETE FROM spans WHERE ${where}`);
		await eventually(
			async () => {
				const books = await readBooks(project);
				expect(books).toMatchObject({ received: 5, stored: 3, duplicates: 0, missing: 2, balanced: false });
				expect(books.minutes.reduce((sum, { stored }) => sum + stored, 0)).toBe(3);
				expect(books.projects).toEqual([expect.objectContaining({ projectId: project.id, received: 5, stored: 3 })]);
			},
			{ timeoutMs: 40_000, intervalMs: 300 },
		);
		await send(project, spans);
		await expectBooks(project, { received: 10, stored: 5, duplicates: 5 });
	});

	it("is a span of one project, though another has the same", async () => {
		const [one, other] = [await newProject(), await newProject()];
		const spans = batch(2);
		await send(one, spans);
		await send(other, spans);
		await command("lose spans", sql`DELETE FROM spans WHERE project_id = ${string(one.id)}`);
		await eventually(async () => expect(await readBooks(one)).toMatchObject({ stored: 0, missing: 2 }), {
			timeoutMs: 40_000,
			intervalMs: 300,
		});
		expect(await readBooks(other)).toMatchObject({ stored: 2, missing: 0, balanced: true });
	});

	it("is not what has expired", async () => {
		const project = await newProject();
		const expired = plainSpan({ projectId: project.id, expiresAt: new Date(Date.now() - 1000) });
		const alive = plainSpan({ projectId: project.id, spanId: "00000000000000a2" });
		await writeSpans([expired, alive], { receivedAt: new Date() });
		await expireTraces();
		expect(await rowsOf(sql`spans`, project)).toBe(1);
		await sleep(3500);
		await expectBooks(project, { received: 2, stored: 2 });
	});
});

describe("a block that is inserted again because its answer was lost", () => {
	const block = (projectId: string) =>
		Array.from({ length: 3 }, (_, index) => ({
			project_id: projectId,
			trace_id: randomHex(16),
			span_id: `${index}`.padStart(16, "0"),
			start_unix_nano: 1,
			received_at: storeTime(Date.now()),
			expires_at: storeTime(Date.now() + DAY_MS),
		}));
	const storeTime = (ms: number) => new Date(ms).toISOString().slice(0, -1).replace("T", " ");
	const insertBlock = (rows: object[], token: string) =>
		clickhouse().insert({
			table: "spans",
			values: rows,
			format: "JSONEachRow",
			clickhouse_settings: {
				async_insert: 0,
				insert_deduplicate: 1,
				insert_deduplication_token: token,
				deduplicate_blocks_in_dependent_materialized_views: 1,
			},
		});

	it("arrived once", async () => {
		const project = await newProject();
		const rows = block(project.id);
		for (let attempt = 0; attempt < 3; attempt++) await insertBlock(rows, "a lost answer");
		expect([await rowsOf(sql`spans`, project), await rowsOf(sql`span_arrivals`, project)]).toEqual([3, 3]);
		await insertBlock(rows, "another block");
		expect([await rowsOf(sql`spans`, project), await rowsOf(sql`span_arrivals`, project)]).toEqual([6, 6]);
	});

	it("is completed when the first attempt broke off between spans and arrivals", async () => {
		const project = await newProject();
		const rows = block(project.id);
		await command("break arrivals", sql`ALTER TABLE span_arrivals ADD CONSTRAINT broken CHECK identity = 1`);
		await expect(insertBlock(rows, "half")).rejects.toThrow();
		// Spans first: what has arrived is there.
		expect([await rowsOf(sql`spans`, project), await rowsOf(sql`span_arrivals`, project)]).toEqual([3, 0]);
		await command("mend arrivals", sql`ALTER TABLE span_arrivals DROP CONSTRAINT broken`);
		await insertBlock(rows, "half");
		expect([await rowsOf(sql`spans`, project), await rowsOf(sql`span_arrivals`, project)]).toEqual([3, 3]);
	});
});
