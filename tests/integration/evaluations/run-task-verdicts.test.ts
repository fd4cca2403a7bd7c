import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import type { ConnectionInput } from "@/lib/connections/connection";
import { listEvaluations } from "@/lib/evaluations/list-evaluations";
import { runTask } from "@/lib/evaluations/run-task";
import { type FakeJudge, type Reply, startFakeJudge, unfenced, verdict } from "@/tests/support/fake-judge";
import { answered, newConnection, newTask, reload } from "@/tests/support/judging";
import { send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

let judge: FakeJudge;
afterEach(() => judge?.close());

interface Case {
	protocol?: ConnectionInput["protocol"];
	threshold?: number | null;
	minScore?: number;
	maxScore?: number;
}

/** A task judged once with this reply. */
async function judged(reply: Reply, { protocol, ...rule }: Case = {}) {
	judge = await startFakeJudge(() => reply);
	const connection = await newConnection({ baseUrl: `${judge.url}/`, protocol });
	const { project, task } = await newTask(connection, { rule });
	expect(await runTask({ taskId: task.id, runId: "run" })).toEqual({ status: "ended" });
	return { project, task: await reload(task), scores: await scoresOf(task.id) };
}

const Row = z.object({
	score: z.number(),
	normalised: z.number().nullable(),
	threshold: z.number().nullable(),
	success: z.boolean(),
	parse_failed: z.boolean(),
	reason: z.string(),
	model: z.string(),
	evaluator_name: z.string(),
});

function scoresOf(taskId: string) {
	return query({
		name: "scores of a task",
		sql: sql`SELECT * FROM scores FINAL WHERE toString(evaluation_id) = ${string(taskId)}`,
		row: Row,
	});
}

describe("runTask()", () => {
	it("keeps no key that the judge repeats in its reason", async () => {
		judge = await startFakeJudge(({ headers }) => verdict(0.5, `you sent ${headers.authorization}`));
		const { task } = await newTask(await newConnection({ baseUrl: judge.url, apiKey: "sk-live-echoed" }));
		await runTask({ taskId: task.id, runId: "run" });
		expect((await reload(task)).reason).toBe("you sent Bearer [redacted]");
		expect((await scoresOf(task.id))[0]?.reason).toBe("you sent Bearer [redacted]");
	});

	it("asks each protocol's endpoint once, with the whole prompt, and keeps verdict and score", async () => {
		for (const [protocol, path] of [
			["RESPONSES", "/v1/responses"],
			["CHAT_COMPLETIONS", "/v1/chat/completions"],
		] as const) {
			const { task, scores } = await judged(verdict(0.75, "kind words"), { protocol });
			expect(judge.calls).toHaveLength(1);
			const [call] = judge.calls;
			expect(call).toMatchObject({ path, headers: { authorization: "Bearer sk-judge-0123456789" } });
			const lines = ["Is the answer polite?", "Input: a question\n", "Actual Output: an answer\n", "between 0 and 1"];
			for (const line of lines) expect(unfenced(call?.prompt)).toContain(line);
			expect(task).toMatchObject({
				status: "SUCCEEDED",
				score: 0.75,
				success: true,
				reason: "kind words",
				parseFailed: false,
				attempts: 1,
				lastError: null,
				claimToken: null,
				completedAt: expect.any(Date),
			});
			expect(scores).toEqual([
				{
					score: 0.75,
					normalised: 0.75,
					threshold: 0.5,
					success: true,
					parse_failed: false,
					reason: "kind words",
					model: "judge-model",
					evaluator_name: "politeness",
				},
			]);
			await judge.close();
		}
	});

	it("passes without a threshold, at it and above it only", async () => {
		for (const [score, threshold, success] of [
			[0, null, true],
			[0.5, 0.5, true],
			[0.49, 0.5, false],
			[0.51, 0.5, true],
		] as const) {
			const { task, scores } = await judged(verdict(score), { threshold });
			expect([task.success, scores[0]?.success]).toEqual([success, success]);
			await judge.close();
		}
	});

	it("keeps a score outside the range raw, and clamps only its normalised twin", async () => {
		const { task, scores } = await judged(verdict(12), { minScore: 1, maxScore: 5, threshold: 5 });
		expect(task).toMatchObject({ score: 12, success: true });
		expect(scores[0]).toMatchObject({ score: 12, normalised: 1 });
	});

	it("reads a fenced answer", async () => {
		const { task } = await judged({ text: '```json\n{"score": 1, "reason": "ok"}\n```' });
		expect(task).toMatchObject({ status: "SUCCEEDED", score: 1, reason: "ok", parseFailed: false });
	});

	it("reads the JSON inside of prose", async () => {
		const { task } = await judged({ text: 'I would say {"score": 1, "reason": "ok"}, all in all.' });
		expect(task).toMatchObject({ status: "SUCCEEDED", score: 1, reason: "ok", parseFailed: false });
	});

	it.each([
		["prose", "I would say 1 of 1", /^Failed to parse judge response/],
		["garbage", "%%%", /^Failed to parse judge response/],
		["no score", '{"reason":"x"}', /^Judge response missing numeric score/],
		["a score in text", '{"score":"1"}', /^Judge response missing numeric score/],
	])(
		"succeeds with score 0 and no success when the answer is %s, even without a threshold",
		async (_, text, reason) => {
			const { task, scores } = await judged({ text }, { threshold: null });
			expect(task).toMatchObject({ status: "SUCCEEDED", score: 0, success: false, parseFailed: true, attempts: 1 });
			expect(task.reason).toMatch(reason);
			expect(scores[0]).toMatchObject({ parse_failed: true, normalised: null, success: false });
		},
	);

	it("reads top-level output_text before the parts", async () => {
		const part = { type: "output_text", text: '{"score":0.1}' };
		const reply = { output_text: '{"score":0.9}', output: [{ type: "message", content: [part] }] };
		expect((await judged({ body: JSON.stringify(reply) })).task.score).toBe(0.9);
	});

	it("stores a reason with NUL and lone surrogates in both stores", async () => {
		const { task, scores } = await judged({ text: '{"score":1,"reason":"a\\u0000b\\ud800"}' });
		expect(task).toMatchObject({ status: "SUCCEEDED", reason: "a\ufffdb\ufffd" });
		expect(scores[0]?.reason).toBe("a\0b\ufffd");
	});

	it("shows the evaluation with its trace, to its own project only", async () => {
		const { project, task } = await judged(verdict(0.2));
		const [evaluation, ...rest] = await listEvaluations({ projectIds: ["", project.id], traceIds: [task.traceId] });
		expect(rest).toEqual([]);
		expect(evaluation).toMatchObject({
			id: task.id,
			spanId: task.spanId,
			evaluatorName: "politeness",
			status: "SUCCEEDED",
			score: 0.2,
			success: false,
			threshold: 0.5,
			minScore: 0,
			maxScore: 1,
			attempts: 1,
		});
		const other = "00000000-0000-7000-8000-000000000000";
		expect(await listEvaluations({ projectIds: [other], traceIds: [task.traceId] })).toEqual([]);
		expect(await listEvaluations({ projectIds: [project.id], traceIds: [] })).toEqual([]);
	});

	it("does not ask again once a task has ended", async () => {
		const { task } = await judged(verdict(1));
		expect(await runTask({ taskId: task.id, runId: "run" })).toEqual({ status: "ended" });
		expect(await runTask({ taskId: "00000000-0000-7000-8000-000000000000", runId: "run" })).toEqual({
			status: "ended",
		});
		expect(judge.calls).toHaveLength(1);
	});

	it("judges the span as it is now, not as it was when it matched", async () => {
		judge = await startFakeJudge(() => verdict(1));
		const span = answered();
		const { project, task } = await newTask(await newConnection({ baseUrl: judge.url }), { span });
		await send(project, [{ ...span, attributes: [{ key: "output", value: { stringValue: "the final answer" } }] }]);
		await runTask({ taskId: task.id, runId: "run" });
		expect(unfenced(judge.calls[0]?.prompt)).toContain("Actual Output: the final answer");
	});
});
