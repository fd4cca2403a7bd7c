import { describe, expect, it } from "vitest";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import { failure } from "@/tests/support/failure";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

describe("getTrace()", () => {
	it("does not find an unknown trace or another project's", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const { traceId = "", spanId = "", ...rest } = otlpSpan();
		await send(other, [{ traceId, spanId, ...rest }]);
		for (const projectIds of [[mine.id], [""], []]) {
			expect(await failure(() => getTrace({ projectIds, traceId }))).toMatchObject({ code: "not_found" });
		}
		expect(await findSpan(mine.id, traceId, spanId)).toBeNull();
		expect(await findSpan(other.id, traceId, spanId)).not.toBeNull();
		expect((await failure(() => getTrace({ projectIds: [other.id], traceId: "0".repeat(32) }))).code).toBe("not_found");
	});

	it("shows only the asked project's spans when two projects use one trace id", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const { traceId = "" } = otlpSpan();
		await send(one, [otlpSpan({ traceId, name: "of one" })]);
		await send(two, [otlpSpan({ traceId, name: "of two" })]);
		const names = async (projectIds: string[]) =>
			(await getTrace({ projectIds, traceId })).spans.map((span) => span.name);
		expect(await names([one.id])).toEqual(["of one"]);
		expect(await names([two.id])).toEqual(["of two"]);
		expect(await names(["", two.id, one.id])).toEqual(["of one"]);
	});

	it("prefers a linked trace over an unlinked one that came earlier", async () => {
		const project = await newProject();
		const { traceId = "" } = otlpSpan();
		await send(null, [otlpSpan({ traceId, name: "unlinked" })]);
		await send(project, [otlpSpan({ traceId, name: "linked" })]);
		const { summary } = await getTrace({ projectIds: ["", project.id], traceId });
		expect(summary).toMatchObject({ projectId: project.id, rootSpanName: "linked" });
		expect((await getTrace({ projectIds: [""], traceId })).summary.projectId).toBeNull();
	});
});

describe("a trace's summary", () => {
	it("fails with its root, or before that arrives with any span", async () => {
		const project = await newProject();
		const summaryOf = async (traceId: string) => (await getTrace({ projectIds: [project.id], traceId })).summary;
		const root = otlpSpan({ name: "root", status: { code: 1 } });
		const { traceId = "", spanId: parentSpanId } = root;
		await send(project, [otlpSpan({ traceId, parentSpanId, status: { code: 2 } })]);
		expect(await summaryOf(traceId)).toMatchObject({ status: "error", errorCount: 1, rootSeen: false });
		await send(project, [root]);
		expect(await summaryOf(traceId)).toMatchObject({ status: "ok", errorCount: 1, rootSeen: true });
		await send(project, [{ ...root, status: { code: 2 } }]);
		expect(await summaryOf(traceId)).toMatchObject({ status: "error", errorCount: 2 });
	});

	it("adds up the tokens of spans that call a model, and takes what an agent sums up only until one is there", async () => {
		const project = await newProject();
		const { traceId = "" } = otlpSpan();
		const usage = (kind: string, tokens: number) =>
			otlpSpan({ traceId, attributes: attributes({ "dokimos.span.kind": kind, "gen_ai.usage.input_tokens": tokens }) });
		await send(project, [usage("agent", 30)]);
		const summary = async () => (await getTrace({ projectIds: [project.id], traceId })).summary;
		expect(await summary()).toMatchObject({ usage: { input: 30 }, usageFrom: "aggregate" });
		await send(project, [usage("llm", 10), usage("embedding", 20)]);
		const { usage: total, usageFrom } = await summary();
		expect([total?.input, total?.output, usageFrom]).toEqual([30, undefined, "spans"]);
	});

	it("previews at most a thousand characters, of the root first", async () => {
		const project = await newProject();
		const root = otlpSpan({ startTimeUnixNano: "1", attributes: attributes({ input: "ä".repeat(5000) }) });
		const { traceId = "", spanId: parentSpanId } = root;
		const child = otlpSpan({ traceId, parentSpanId, attributes: attributes({ input: "inner", output: "answer" }) });
		await send(project, [root, child]);
		const { summary } = await getTrace({ projectIds: [project.id], traceId });
		expect(summary).toMatchObject({ inputPreview: "ä".repeat(1000), outputPreview: "answer" });
	});
});
