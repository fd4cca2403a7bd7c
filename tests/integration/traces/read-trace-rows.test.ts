import { describe, expect, it } from "vitest";
import { getTrace } from "@/lib/traces/get-trace";
import { decodeSkeleton, nameAt } from "@/lib/traces/outline";
import { readSpans } from "@/lib/traces/read-spans";
import { readTraceRows } from "@/lib/traces/read-trace-rows";
import { failure } from "@/tests/support/failure";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";
import { travelAgent } from "@/tests/support/travel-agent";

ownStores();

describe("readTraceRows()", () => {
	it("tells of a trace what getTrace() tells, but for texts and metadata", async () => {
		const project = await newProject();
		const { traceId, spans } = travelAgent();
		await send(project, spans);
		const { summary } = await getTrace({ projectIds: [project.id], traceId });
		const { facts, shares, costSplit, readCount } = await readTraceRows({ projectIds: [project.id], traceId });
		const expected = Object.entries(summary).filter(([name]) => name in facts);
		expect(expected.length).toBeGreaterThan(30);
		expect(facts).toMatchObject(Object.fromEntries(expected));
		expect(readCount).toBe(spans.length);
		expect((shares?.model ?? 0n) + (shares?.tool ?? 0n) + (shares?.wait ?? 0n)).toBe(facts.durationNano);
		expect((costSplit?.input ?? 0) + (costSplit?.output ?? 0)).toBeCloseTo(facts.costUsd ?? Number.NaN, 6);
	});

	it("has the rows in the order of the outline", async () => {
		const project = await newProject();
		const { traceId, spans } = travelAgent();
		await send(project, [...spans].reverse());
		const outline = decodeSkeleton((await readTraceRows({ projectIds: [project.id], traceId })).rows);
		expect(Array.from({ length: outline.length }, (_, row) => nameAt(outline, row))).toEqual([
			...[
				"invoke_agent travel",
				"chat gpt-4o",
				"execute_tool get_weather",
				"chat gpt-4o",
				"execute_tool search_flights",
			],
			...["invoke_agent pricing", "chat gpt-4o", "chat gpt-4o", "execute_tool book_hotel", "chat gpt-4o"],
		]);
	});

	it("counts a span that was sent again once, and has another version then", async () => {
		const project = await newProject();
		const span = otlpSpan({ attributes: attributes({ "gen_ai.operation.name": "chat" }) });
		const { traceId = "" } = span;
		const read = async () => (await readTraceRows({ projectIds: [project.id], traceId })).rows;
		await send(project, [span]);
		const before = await read();
		expect((await read()).version).toBe(before.version);
		await send(project, [span]);
		const after = await read();
		expect([before.rowCount, after.rowCount, after.spanCount, after.version === before.version]).toEqual([
			1,
			1,
			1,
			false,
		]);
	});

	it("does not find an unknown trace or another project's", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const { traceId = "", spanId = "", ...rest } = otlpSpan();
		await send(other, [{ traceId, spanId, ...rest }]);
		for (const projectIds of [[mine.id], [""], []]) {
			expect((await failure(() => readTraceRows({ projectIds, traceId }))).code).toBe("not_found");
		}
		expect((await readTraceRows({ projectIds: ["", mine.id, other.id], traceId })).facts.projectId).toBe(other.id);
	});

	it("of a large trace remembers the rows until a span arrives", async () => {
		const project = await newProject();
		const root = otlpSpan();
		const { traceId = "", spanId: parentSpanId } = root;
		await send(project, [root, ...Array.from({ length: 2_000 }, () => otlpSpan({ traceId, parentSpanId }))]);
		const read = () => readTraceRows({ projectIds: [project.id], traceId });
		const [first, second] = [await read(), await read()];
		expect(second.rows).toBe(first.rows);
		await send(project, [otlpSpan({ traceId, parentSpanId })]);
		expect((await read()).rows.rowCount).toBe(2_002);
	});
});

describe("readSpans()", () => {
	it("gives the asked spans with their content, in the asked order, and none that another project holds", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const { traceId, spans } = travelAgent();
		await send(mine, spans);
		const [first, second] = [spans[2]?.spanId ?? "", spans[1]?.spanId ?? ""];
		const read = await readSpans({ projectId: mine.id, traceId, spanIds: [first, "0".repeat(16), second] });
		expect(read.map(({ spanId }) => spanId)).toEqual([first, second]);
		expect(read[0]?.attributes.get("gen_ai.tool.name")).toEqual({ stringValue: "get_weather" });
		expect(await readSpans({ projectId: other.id, traceId, spanIds: [first] })).toEqual([]);
		expect(await readSpans({ projectId: mine.id, traceId, spanIds: [] })).toEqual([]);
	});
});
