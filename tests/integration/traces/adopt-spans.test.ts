import { describe, expect, it } from "vitest";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { adoptSpans } from "@/lib/traces/adopt-spans";
import { getTrace } from "@/lib/traces/get-trace";
import { EVERY_VALUE } from "@/tests/fixtures/every-field";
import { failure } from "@/tests/support/failure";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const minuteAgo = () => new Date(Date.now() - 60_000);

describe("planTasks()", () => {
	it("moves the unlinked spans of a trace to the project that a later batch names", async () => {
		const project = await newProject();
		const early = otlpSpan({ name: "early", startTimeUnixNano: "1", attributes: EVERY_VALUE });
		const { traceId = "" } = early;
		await send(null, [early]);
		const { spans: before } = await getTrace({ projectIds: [""], traceId });
		await send(project, [otlpSpan({ traceId, name: "late", startTimeUnixNano: "2" })]);
		await planTasks({ projectId: project.id, overlapMs: 60_000 });
		const { spans } = await getTrace({ projectIds: [project.id], traceId });
		expect(spans.map((span) => span.name)).toEqual(["early", "late"]);
		const arrival = { insertedAt: expect.any(Date), insertedAtText: expect.any(String) };
		expect(spans[0]).toEqual({ ...before[0], projectId: project.id, ...arrival });
		expect((await failure(() => getTrace({ projectIds: [""], traceId }))).code).toBe("not_found");
	});
});

describe("adoptSpans()", () => {
	it("leaves unlinked traces alone that the project has no part of", async () => {
		const project = await newProject();
		const { traceId = "" } = otlpSpan();
		await send(null, [otlpSpan({ traceId })]);
		await send(project, [otlpSpan()]);
		expect(await adoptSpans(project.id, minuteAgo())).toBe(0);
		expect((await getTrace({ projectIds: [""], traceId })).spans).toHaveLength(1);
	});

	it("may run again and again", async () => {
		const project = await newProject();
		const { traceId = "" } = otlpSpan();
		await send(null, [otlpSpan({ traceId }), otlpSpan({ traceId })]);
		await send(project, [otlpSpan({ traceId })]);
		expect(await adoptSpans(project.id, minuteAgo())).toBe(2);
		expect(await adoptSpans(project.id, minuteAgo())).toBe(0);
		await send(null, [otlpSpan({ traceId })]);
		expect((await getTrace({ projectIds: [project.id], traceId })).spans).toHaveLength(4);
	});

	it("gives the trace to one project when two have a part of it", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const { traceId = "" } = otlpSpan();
		await send(null, [otlpSpan({ traceId })]);
		for (const project of [one, two]) await send(project, [otlpSpan({ traceId })]);
		await adoptSpans(one.id, minuteAgo());
		await adoptSpans(two.id, minuteAgo());
		expect((await getTrace({ projectIds: [one.id], traceId })).spans).toHaveLength(2);
		expect((await getTrace({ projectIds: [two.id], traceId })).spans).toHaveLength(1);
	});

	// The unlinked version is copied with a new arrival time, so the older of the two wins.
	it("does not put an older version over the one that the project holds already", async () => {
		const project = await newProject();
		const span = otlpSpan({ name: "older" });
		await send(null, [span]);
		await send(project, [{ ...span, name: "newer", attributes: attributes({ output: "done" }) }]);
		await adoptSpans(project.id, minuteAgo());
		const { spans } = await getTrace({ projectIds: [project.id], traceId: span.traceId ?? "" });
		expect(spans.map(({ name }) => name)).toEqual(["newer"]);
	});
});
