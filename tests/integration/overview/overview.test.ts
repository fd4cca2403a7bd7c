import { describe, expect, it } from "vitest";
import { findLatestStart } from "@/lib/overview/find-latest-start";
import { listFailingNames } from "@/lib/overview/list-failing-names";
import { listModelSpend } from "@/lib/overview/list-model-spend";
import { listScoreTrends } from "@/lib/overview/list-score-trends";
import { readTraffic } from "@/lib/overview/read-traffic";
import type { Project } from "@/lib/projects/project";
import type { Span } from "@/lib/span/span";
import { writeSpans } from "@/lib/traces/write-spans";
import { endedSpan, giveScores } from "@/tests/support/alerting";
import { newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const HOUR_MS = 3_600_000;
const TO_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const FROM_MS = TO_MS - 24 * HOUR_MS;
const WINDOW = { fromMs: FROM_MS, toMs: TO_MS };
/** Some minutes into an hour of the window. */
const at = (hour: number, minute = 10) => new Date(FROM_MS + hour * HOUR_MS + minute * 60_000);
const over = (...projects: Project[]) => ({ projectIds: projects.map(({ id }) => id), window: WINDOW });

describe("readTraffic()", () => {
	it("counts the traces whose root started in the window, and tells how long roots took", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const root = endedSpan(project, { at: at(1), durationMs: 100 });
		await writeSpans([
			root,
			endedSpan(project, { at: at(1), durationMs: 9000, traceId: root.traceId, parentSpanId: root.spanId }),
			endedSpan(project, { at: at(1, 30), durationMs: 300, status: "error" }),
			endedSpan(project, { at: at(5), durationMs: 200 }),
			endedSpan(project, { at: at(30) }),
			endedSpan(project, { at: at(5), origin: "judge" }),
			endedSpan(other, { at: at(5) }),
		]);
		await writeSpans([root]);
		const traffic = await readTraffic(over(project), 24);
		expect(traffic.bucketMs).toBe(HOUR_MS);
		expect(traffic.points).toHaveLength(24);
		expect(traffic.total).toMatchObject({ traces: 3, failed: 1, p50Ms: expect.closeTo(200, 3) });
		expect(traffic.points[1]).toMatchObject({ startMs: FROM_MS + HOUR_MS, traces: 2, failed: 1 });
		expect(traffic.points[5]).toMatchObject({ traces: 1, failed: 0, p99Ms: expect.closeTo(200, 3) });
		expect((await readTraffic(over(project, other), 24)).total.traces).toBe(4);
	});

	it("knows no duration where nothing was timed, and never says zero", async () => {
		const project = await newProject();
		expect((await readTraffic(over(project))).total).toEqual({
			traces: 0,
			failed: 0,
			p50Ms: null,
			p90Ms: null,
			p99Ms: null,
		});
		await writeSpans([
			endedSpan(project, { at: at(2), startTimeUnixNano: BigInt(at(2).getTime()) * 1_000_000n, endTimeUnixNano: 0n }),
		]);
		expect((await readTraffic(over(project))).total).toMatchObject({ traces: 1, p50Ms: null });
	});
});

describe("listModelSpend()", () => {
	const call = (project: Project, fields: Partial<Omit<Span, "trace">>) =>
		endedSpan(project, { at: at(3), kind: "llm", requestModel: "gpt-5", ...fields });

	it("adds up the calls of each model once, and says of how many the cost is not known", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const outer = call(project, { usage: { input: 10, output: 5 }, costUsd: 0.2 });
		await writeSpans([
			outer,
			call(project, {
				traceId: outer.traceId,
				parentSpanId: outer.spanId,
				usage: { input: 10, output: 5 },
				costUsd: 0.1,
			}),
			call(project, { usage: { input: 3, output: 1 }, costUsd: null }),
			call(project, {
				requestModel: null,
				responseModel: "small",
				kind: "embedding",
				usage: { input: 7 },
				costUsd: 0.5,
			}),
			call(project, { origin: "judge", costUsd: 99 }),
			call(project, { kind: "agent", costUsd: 99 }),
			call(other, { costUsd: 99 }),
		]);
		expect(await listModelSpend(over(project))).toEqual({
			total: { calls: 3, inputTokens: 20, outputTokens: 6, costUsd: 0.6, unpriced: 1 },
			models: [
				{ model: "small", calls: 1, inputTokens: 7, outputTokens: null, costUsd: 0.5, unpriced: 0 },
				{ model: "gpt-5", calls: 2, inputTokens: 13, outputTokens: 6, costUsd: 0.1, unpriced: 1 },
			],
			more: false,
		});
		expect(await listModelSpend(over(project), 1)).toMatchObject({ models: [{ model: "small" }], more: true });
	});

	it("has no sum of nothing", async () => {
		expect((await listModelSpend(over(await newProject()))).total.costUsd).toBeNull();
	});
});

describe("listFailingNames()", () => {
	it("names what fails in most traces first", async () => {
		const project = await newProject();
		const failed = (name: string, fields: Partial<Omit<Span, "trace">> = {}) =>
			endedSpan(project, { at: at(4), name, status: "error", ...fields });
		const tool = failed("search", { kind: "tool", errorType: "Timeout" });
		await writeSpans([
			tool,
			failed("search", { kind: "tool", errorType: "Timeout" }),
			...["a", "b", "c"].map(() => failed("one", { traceId: tool.traceId })),
			endedSpan(project, { at: at(4), name: "fine" }),
			failed("judged", { origin: "judge" }),
		]);
		expect(await listFailingNames(over(project))).toMatchObject([
			{ name: "search", kind: "tool", spans: 2, traces: 2, errorType: "Timeout" },
			{ name: "one", spans: 3, traces: 1, errorType: null },
		]);
		expect(await listFailingNames(over(await newProject()))).toEqual([]);
	});
});

describe("listScoreTrends()", () => {
	it("is of each rule, the latest verdict on a thing counting, with gaps where nothing was judged", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const [one, two] = [(await newRule(project)).id, (await newRule(project)).id];
		const traceId = "ab".repeat(16);
		await giveScores(project, [
			{ ruleId: one, traceId, success: false, normalised: 0, at: at(1) },
			{ ruleId: one, traceId, success: true, normalised: 1, at: at(2) },
			{ ruleId: one, success: false, normalised: 0.5, at: at(2) },
			{ ruleId: one, success: false, normalised: null, at: at(2) },
			{ ruleId: two, success: true, normalised: 0.75, at: at(9) },
		]);
		await giveScores(other, [{ ruleId: one, success: false, normalised: 0, at: at(2) }]);
		const [first, second, ...rest] = await listScoreTrends(over(project), { bucketsMax: 24 });
		expect(rest).toEqual([]);
		expect(first).toMatchObject({ ruleId: one, total: { count: 2, mean: 0.75, passRate: 0.5 } });
		expect(first?.points.slice(0, 4).map(({ mean }) => mean)).toEqual([null, null, 0.75, null]);
		expect(second).toMatchObject({ ruleId: two, total: { count: 1, mean: 0.75, passRate: 1 } });
	});
});

describe("findLatestStart()", () => {
	it("is of the projects that were asked for, and null where there is nothing", async () => {
		const project = await newProject();
		expect(await findLatestStart([project.id])).toEqual({ startedMs: null });
		await writeSpans([endedSpan(project, { at: at(4) }), endedSpan(project, { at: at(6), durationMs: 1000 })]);
		expect(await findLatestStart([project.id])).toEqual({ startedMs: at(6).getTime() - 1000 });
	});
});
