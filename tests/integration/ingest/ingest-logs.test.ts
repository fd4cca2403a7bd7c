import { describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "@/lib/clickhouse/command";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { randomHex } from "@/lib/ids";
import { ingestLogs, type LogReceipt } from "@/lib/ingest/ingest-logs";
import { ingestTraces } from "@/lib/ingest/ingest-traces";
import type { Project } from "@/lib/projects/project";
import { DAY_MS } from "@/lib/time";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import { listLogs } from "@/lib/traces/list-logs";
import type { StoredSpan } from "@/lib/traces/trace";
import { writeSpans } from "@/lib/traces/write-spans";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import { failure } from "@/tests/support/failure";
import { inProject, type LlmSpan, llmSpan } from "@/tests/support/llm-span";
import {
	anyValue,
	attributes,
	jsonBody,
	type OtlpLog,
	otlpLog,
	otlpLogRequest,
	otlpRequest,
} from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

/** A model call of gpt-4o, whose content comes in three log records. */
function conversation(): { span: LlmSpan; logs: OtlpLog[] } {
	const span = llmSpan({
		attributes: attributes({
			"gen_ai.operation.name": "chat",
			"gen_ai.provider.name": "openai",
			"gen_ai.request.model": "gpt-4o",
			"gen_ai.usage.input_tokens": 1000,
			"gen_ai.usage.output_tokens": 100,
		}),
	});
	const event = (eventName: string, second: number, body: object) =>
		otlpLog({
			traceId: span.traceId,
			spanId: span.spanId,
			eventName,
			timeUnixNano: String(second * 1_000_000_000),
			body: anyValue(body),
		});
	return {
		span,
		logs: [
			event("gen_ai.system.message", 1, { content: "Be brief." }),
			event("gen_ai.user.message", 2, { content: "Capital of France?" }),
			event("gen_ai.choice", 3, { index: 0, message: { content: "Paris." }, finish_reason: "stop" }),
		],
	};
}

const JOINED = {
	inputText: "Capital of France?",
	outputText: "Paris.",
	finishReason: "stop",
	output: "Paris.",
	outputFrom: expect.stringMatching(/^log:/),
};

function sendLogs(project: Project | null, logs: OtlpLog[], now?: Date): Promise<LogReceipt> {
	return ingestLogs("json", jsonBody(otlpLogRequest(logs, inProject(project?.name))), { receivedAt: now });
}

/** The span as it lies in the store, not as it would be derived again. */
async function stored(projectId: string, { traceId, spanId }: LlmSpan): Promise<StoredSpan> {
	const span = await findSpan(projectId, traceId, spanId);
	if (!span) throw new Error("no such span");
	return span;
}

/** All that is stored of the span but when it arrived, and its records, which lie in a table of their own. */
async function content(projectId: string, span: LlmSpan) {
	const { insertedAt, insertedAtText, expiresAt, logs, ...rest } = await stored(projectId, span);
	return rest;
}

describe("ingestLogs()", () => {
	it("counts what it keeps, drops and rejects, in both encodings", async () => {
		const request = otlpLogRequest([otlpLog(), otlpLog({ eventName: "x" }), otlpLog({ traceId: "abcd" })]);
		for (const [encoding, body] of [
			["json", jsonBody(request)],
			["protobuf", encodeOtlpLogs(request)],
		] as const) {
			expect(await ingestLogs(encoding, body)).toEqual({
				acceptedLogRecords: 1,
				droppedLogRecords: 1,
				rejectedLogRecords: 1,
				projectIds: [],
				rejections: [
					expect.objectContaining({ path: expect.stringMatching(/\[2\]$/), reason: "traceId must be 32 hex digits" }),
				],
				warnings: [],
			});
		}
		expect(await ingestLogs("protobuf", Buffer.alloc(0))).toMatchObject({ acceptedLogRecords: 0, rejections: [] });
		expect((await failure(() => ingestLogs("json", Buffer.from("{")))).code).toBe("invalid_input");
	});

	it("joins records that come after their span, and tells its project", async () => {
		const project = await newProject();
		const { span, logs } = conversation();
		await send(project, [span]);
		expect(await stored(project.id, span)).toMatchObject({ inputText: null, outputText: null, costUsd: 0.0035 });
		expect((await sendLogs(project, logs)).projectIds).toEqual([project.id]);
		expect(await stored(project.id, span)).toMatchObject({ ...JOINED, costUsd: 0.0035 });
	});

	it("joins records that come before their span", async () => {
		const project = await newProject();
		const { span, logs } = conversation();
		expect((await sendLogs(project, logs)).projectIds).toEqual([]);
		expect((await send(project, [span])).projectIds).toEqual([project.id]);
		expect(await stored(project.id, span)).toMatchObject(JOINED);
	});

	it("gives the same span whatever came first, in whatever batches, however often, in either encoding", async () => {
		const project = await newProject();
		const { span, logs } = conversation();
		await send(project, [span]);
		await sendLogs(project, logs);
		const expected = await content(project.id, span);
		expect(expected).toMatchObject(JOINED);

		const random = seededRandom(20261122);
		for (let round = 0; round < 12; round++) {
			const other = { ...span, traceId: randomHex(16) };
			const named = logs.map((log) => ({ ...log, traceId: other.traceId }));
			const parts = [null, null, ...named, ...named].sort(() => random() - 0.5);
			while (parts.length > 0) {
				const batch = parts.splice(0, 1 + Math.floor(random() * 3));
				const records = batch.filter((part) => part !== null);
				const traces = otlpRequest([other], inProject(project.name));
				const request = otlpLogRequest(records, inProject(project.name));
				const json = random() < 0.5;
				if (records.length > 0) {
					await (json ? ingestLogs("json", jsonBody(request)) : ingestLogs("protobuf", encodeOtlpLogs(request)));
				}
				if (records.length < batch.length) {
					await (json ? ingestTraces("json", jsonBody(traces)) : ingestTraces("protobuf", encodeOtlp(traces)));
				}
			}
			expect(await content(project.id, other)).toEqual({ ...expected, traceId: other.traceId });
			expect((await getTrace({ projectIds: [project.id], traceId: other.traceId })).spans[0]?.logs).toHaveLength(3);
		}
	});

	it("loses nothing when span and records arrive at once", async () => {
		const project = await newProject();
		for (let round = 0; round < 15; round++) {
			const { span, logs } = conversation();
			await Promise.all([send(project, [span]), ...logs.map((log) => sendLogs(project, [log]))]);
			expect(await stored(project.id, span)).toMatchObject(JOINED);
		}
	});

	it("keeps origin and expiry of a span that it derives again", async () => {
		const project = await newProject();
		const { span, logs } = conversation();
		await send(project, [span], new Date(Date.now() - 10 * DAY_MS));
		const before = await stored(project.id, span);
		await writeSpans([{ ...before, origin: "gateway" }]);
		await sendLogs(project, logs);
		expect(await stored(project.id, span)).toMatchObject({
			...JOINED,
			origin: "gateway",
			expiresAt: before.expiresAt,
		});
		expect((await stored(project.id, span)).insertedAt.getTime()).toBeGreaterThan(before.insertedAt.getTime());
	});

	it("joins records that named no project, and records to a span that named none", async () => {
		const project = await newProject();
		for (const [ofSpan, ofLogs] of [
			[project, null],
			[null, project],
			[null, null],
		] as const) {
			for (const spanFirst of [true, false]) {
				const { span, logs } = conversation();
				// Another trace's records come along, so that the batch is not about one trace only.
				if (spanFirst) await send(ofSpan, [span]);
				await sendLogs(ofLogs, [...logs, ...conversation().logs]);
				if (!spanFirst) await send(ofSpan, [span]);
				const { summary, spans } = await getTrace({ projectIds: ["", project.id], traceId: span.traceId });
				expect(summary.projectId).toBe(ofSpan?.id ?? null);
				expect(spans).toMatchObject([JOINED]);
			}
		}
	});

	it("joins no record of another project", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const { span, logs } = conversation();
		await send(one, [span]);
		expect((await sendLogs(two, logs)).projectIds).toEqual([]);
		await send(one, [span]);
		expect(await stored(one.id, span)).toMatchObject({ inputText: null, outputText: null });
		expect((await listLogs({ projectId: one.id, traceIds: [span.traceId] })).size).toBe(0);
	});

	it("hides records that have expired, and the table forgets them", async () => {
		const project = await newProject();
		const { span, logs } = conversation();
		await sendLogs(project, logs, new Date(Date.now() - 31 * DAY_MS));
		await send(project, [span]);
		expect(await stored(project.id, span)).toMatchObject({ inputText: null, outputText: null });
		await command("optimize", sql`OPTIMIZE TABLE span_logs FINAL`);
		const rows = await query({
			name: "count logs",
			sql: sql`SELECT count() AS total FROM span_logs WHERE trace_id = ${string(span.traceId)}`,
			row: z.object({ total: z.string() }),
		});
		expect(rows).toEqual([{ total: "0" }]);
	});
});

describe("listLogs()", () => {
	it("gives each span its records in order of time, those without a time last", async () => {
		const { traceId } = llmSpan();
		const [one, two] = [randomHex(8), randomHex(8)];
		const at = (spanId: string, timeUnixNano: string | undefined, text: string) =>
			otlpLog({ traceId, spanId, timeUnixNano, body: anyValue(text) });
		await sendLogs(null, [at(one, undefined, "?"), at(one, "3", "c"), at(two, "9", "only"), at(one, "1", "a")]);
		await sendLogs(null, [at(one, "2", "b"), at(one, "3", "c")]);
		const found = await listLogs({ projectId: "", traceIds: [traceId, randomHex(16)] });
		const texts = (spanId: string) => found.get(`${traceId} ${spanId}`)?.map(({ body }) => body);
		expect(texts(one)).toEqual(["a", "b", "c", "?"].map(anyValue));
		expect(texts(two)).toEqual([anyValue("only")]);
		expect(found.size).toBe(2);
	});

	it("puts messages of one moment in the order of a conversation", async () => {
		const { traceId, spanId } = llmSpan();
		const names = ["choice", "tool.message", "assistant.message", "user.message", "system.message"];
		const logs = names.map((name) => otlpLog({ traceId, spanId, eventName: `gen_ai.${name}`, timeUnixNano: "5" }));
		await sendLogs(null, logs);
		const found = await listLogs({ projectId: "", traceIds: [traceId] });
		expect(found.get(`${traceId} ${spanId}`)?.map(({ eventName }) => eventName)).toEqual(
			names.map((name) => `gen_ai.${name}`).reverse(),
		);
	});

	it("gives back every value as it was sent", async () => {
		const body = { a: [1, 0.5, true, null, { b: "é\0" }], big: "9223372036854775807" };
		const log = otlpLog({
			body: anyValue(body),
			attributes: attributes(body),
			severityText: "WARN",
			timeUnixNano: "7",
		});
		await sendLogs(null, [log]);
		const found = await listLogs({ projectId: "", traceIds: [log.traceId ?? ""] });
		expect(found.get(`${log.traceId} ${log.spanId}`)).toEqual([
			{
				traceId: log.traceId,
				spanId: log.spanId,
				eventName: log.eventName,
				severityText: "WARN",
				timeUnixNano: 7n,
				body: log.body,
				attributes: new Map(log.attributes?.map(({ key, value }) => [key, value])),
			},
		]);
	});

	it("answers for more traces than a URL would hold", async () => {
		const log = otlpLog();
		await sendLogs(null, [log]);
		const traceIds = Array.from({ length: 40_000 }, () => randomHex(16));
		const found = await listLogs({ projectId: "", traceIds: [...traceIds, log.traceId ?? ""] });
		expect([...found.keys()]).toEqual([`${log.traceId} ${log.spanId}`]);
	});
});
