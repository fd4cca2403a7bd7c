import { describe, expect, it } from "vitest";
import { command } from "@/lib/clickhouse/command";
import { sql } from "@/lib/clickhouse/sql";
import { ingestTraces } from "@/lib/ingest/ingest-traces";
import { decodeJson } from "@/lib/otlp/decode-json";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import type { StoredSpan } from "@/lib/traces/trace";
import { EVERY_FIELD, EVERY_FIELD_TRACE } from "@/tests/fixtures/every-field";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { attributes, jsonBody, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const optimize = () => command("optimize", sql`OPTIMIZE TABLE spans FINAL`);

/** The reported part of stored spans, as the decoders give it. */
function asReported(spans: StoredSpan[]) {
	const reported = decodeJson(JSON.stringify(EVERY_FIELD)).spans.filter((span) => span.traceId === EVERY_FIELD_TRACE);
	return spans.map((span) => {
		const keys = Object.keys(reported[0] ?? {}) as (keyof StoredSpan)[];
		return Object.fromEntries(keys.map((key) => [key, span[key]]));
	});
}

describe("stored spans", () => {
	it("come back with every field as it was sent, from either encoding", async () => {
		const sent = decodeJson(JSON.stringify(EVERY_FIELD)).spans.filter((span) => span.traceId === EVERY_FIELD_TRACE);
		const bySpanId = new Map(sent.map((span) => [span.spanId, span]));
		for (const [encoding, body] of [
			["json", jsonBody(EVERY_FIELD)],
			["protobuf", encodeOtlp(EVERY_FIELD)],
		] as const) {
			const receipt = await ingestTraces(encoding, body);
			expect(receipt).toMatchObject({ acceptedSpans: 4, rejectedSpans: 0, traces: 2, projectIds: [] });
			for (const phase of ["before a merge", "after a merge"]) {
				if (phase === "after a merge") await optimize();
				const { spans } = await getTrace({ projectIds: [""], traceId: EVERY_FIELD_TRACE });
				expect(spans).toHaveLength(3);
				for (const [index, reported] of asReported(spans).entries()) {
					expect(reported).toEqual(bySpanId.get(spans[index]?.spanId ?? ""));
				}
			}
		}
	});

	it("keep what was derived, with origin and expiry", async () => {
		const project = await newProject();
		const values = {
			"gen_ai.operation.name": "chat",
			"llm.token_count.prompt": 9,
			output: "an answer",
			"user.id": "u",
		};
		const span = otlpSpan({ attributes: attributes(values) });
		const now = new Date();
		await send(project, [span], now);
		expect(await findSpan(project.id, span.traceId ?? "", span.spanId ?? "")).toMatchObject({
			projectId: project.id,
			origin: "otlp",
			kind: "llm",
			output: "an answer",
			outputFrom: "output",
			input: null,
			inputFrom: null,
			usage: { input: 9 },
			userId: "u",
			sessionId: null,
			expiresAt: new Date(now.getTime() + 30 * 86_400_000),
		});
	});

	it("are one when sent twice, before and after a merge, in one request or several", async () => {
		const project = await newProject();
		const span = otlpSpan();
		await send(project, [span, span]);
		await send(project, [span]);
		for (const phase of ["before", "after"]) {
			if (phase === "after") await optimize();
			const { summary, spans } = await getTrace({ projectIds: [project.id], traceId: span.traceId ?? "" });
			expect([summary.spanCount, spans.length]).toEqual([1, 1]);
		}
	});

	it("show the newest of two versions, before and after a merge", async () => {
		const project = await newProject();
		const span = otlpSpan({ name: "started", attributes: attributes({ input: "question" }) });
		await send(project, [span]);
		await send(project, [{ ...span, name: "ended", attributes: attributes({ output: "answer" }) }]);
		for (const phase of ["before", "after"]) {
			if (phase === "after") await optimize();
			const { summary, spans } = await getTrace({ projectIds: [project.id], traceId: span.traceId ?? "" });
			expect(spans).toMatchObject([{ name: "ended", input: null, output: "answer" }]);
			expect(summary).toMatchObject({
				spanCount: 1,
				rootSpanName: "ended",
				outputPreview: "answer",
				inputPreview: null,
			});
		}
	});

	it("of two requests make one trace, in start order, spans without a start last", async () => {
		const project = await newProject();
		const root = otlpSpan({ name: "root", startTimeUnixNano: "100", endTimeUnixNano: "900" });
		const { traceId = "", spanId: parentSpanId } = root;
		await send(project, [
			otlpSpan({ traceId, parentSpanId, name: "unknown start" }),
			otlpSpan({ traceId, parentSpanId, name: "child", startTimeUnixNano: "200", endTimeUnixNano: "950" }),
		]);
		expect((await getTrace({ projectIds: [project.id], traceId })).summary).toMatchObject({
			rootSpanName: "child",
			rootSeen: false,
			spanCount: 2,
		});
		await send(project, [root]);
		const { summary, spans } = await getTrace({ projectIds: [project.id], traceId });
		expect(spans.map((span) => span.name)).toEqual(["root", "child", "unknown start"]);
		expect(summary).toMatchObject({
			projectId: project.id,
			rootSpanName: "root",
			rootSeen: true,
			spanCount: 3,
			errorCount: 0,
			status: "ok",
			startTimeUnixNano: 100n,
			endTimeUnixNano: 950n,
		});
	});
});
