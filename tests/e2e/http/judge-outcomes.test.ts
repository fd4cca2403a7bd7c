import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type FakeJudge, type Reply, startFakeJudge, unfenced, verdict } from "@/tests/support/fake-judge";
import { createJudgedProject, endedEvaluations, type JudgedProject } from "@/tests/support/judged-project";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes } from "@/tests/support/otlp-request";
import { type EvalJobView, getTrace, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const KEY = "sk-e2e-0123456789";
/** Two retries wait up to two and four seconds. */
const ENDED_MS = 12_000;

interface Outcome {
	when: string;
	/** Replies in order; the last one repeats. */
	replies: Reply[];
	/** Calls that ask again for a readable score. */
	repairs?: number;
	job: Partial<Record<keyof EvalJobView, unknown>>;
}

const scored = { status: "SUCCEEDED", lastError: null, completedAt: expect.any(String) };
const unreadable = { ...scored, score: 0, success: false, attemptCount: 1 };
const failed = { status: "FAILED", score: null, success: null, reason: null, completedAt: expect.any(String) };
const ISE: Reply = { status: 500, body: '{"error":{"message":"overloaded"}}' };

const OUTCOMES: Outcome[] = [
	{
		when: "a score over the threshold",
		replies: [verdict(0.8, "good")],
		job: { ...scored, score: 0.8, success: true, reason: "good", attemptCount: 1 },
	},
	{
		when: "a score on the threshold",
		replies: [verdict(0.5)],
		job: { ...scored, score: 0.5, success: true },
	},
	{
		when: "a score below the threshold",
		replies: [verdict(0.49, "vague")],
		job: { ...scored, score: 0.49, success: false, reason: "vague" },
	},
	{
		when: "a score outside the range, which is kept as given",
		replies: [verdict(7)],
		job: { ...scored, score: 7, success: true },
	},
	{
		when: "JSON in a fence",
		replies: [{ text: '```json\n{"score": 1, "reason": "fenced"}\n```' }],
		job: { ...scored, score: 1, reason: "fenced" },
	},
	{
		when: "a score without reason",
		replies: [{ text: '{"score": 0.6}' }],
		job: { ...scored, score: 0.6, reason: "No reason provided." },
	},
	{
		when: "prose, also when it is asked once more",
		repairs: 1,
		replies: [{ text: "I would say it is quite good." }],
		job: { ...unreadable, reason: expect.stringMatching(/^Failed to parse judge response/) },
	},
	{
		when: "JSON without a numeric score, also when it is asked once more",
		repairs: 1,
		replies: [{ text: '{"score": "high"}' }],
		job: { ...unreadable, reason: expect.stringMatching(/^Judge response missing numeric score/) },
	},
	{
		when: "400, which is final",
		replies: [{ status: 400, body: '{"error":{"message":"no such model"}}' }],
		job: { ...failed, attemptCount: 1, lastError: expect.stringContaining("400") },
	},
	{
		when: "JSON inside of prose",
		replies: [{ text: 'Well: {"score": 0.9, "reason": "inside"}. That is it.' }],
		job: { ...scored, score: 0.9, reason: "inside", attemptCount: 1 },
	},
	{
		when: "429 and when to come back, then a score",
		replies: [
			{ status: 429, body: '{"error":{"message":"slow down"}}', headers: { "retry-after": "1.5" } },
			verdict(1),
		],
		job: { ...scored, score: 1, attemptCount: 2 },
	},
	{
		when: "429 because the quota is used up, which is final",
		replies: [{ status: 429, body: '{"error":{"message":"no money","code":"insufficient_quota"}}' }],
		job: { ...failed, attemptCount: 1, lastError: expect.stringContaining("429") },
	},
	{
		when: "an error that echoes our key",
		replies: [{ echoAuthorization: 401 }],
		job: { ...failed, attemptCount: 1, lastError: expect.stringMatching(/Authorization:? \[redacted\]$/) },
	},
	{
		when: "500 twice, then a score",
		replies: [ISE, ISE, verdict(0.7, "at last")],
		job: { ...scored, score: 0.7, reason: "at last", attemptCount: 3 },
	},
	{
		when: "500 three times",
		replies: [ISE],
		job: { ...failed, attemptCount: 3, lastError: expect.stringContaining("500") },
	},
	{
		when: "a connection reset in the middle of the body, then a score",
		replies: ["reset", verdict(1)],
		job: { ...scored, score: 1, attemptCount: 2 },
	},
	{
		when: "a body that is no JSON, three times",
		replies: [{ body: "<html>gateway</html>" }],
		job: { ...failed, attemptCount: 3, lastError: expect.any(String) },
	},
	{
		when: "an empty answer, then a score",
		replies: [{ text: "" }, verdict(0.9)],
		job: { ...scored, score: 0.9, attemptCount: 2 },
	},
];

describe.each(["RESPONSES", "CHAT_COMPLETIONS"] as const)("the judge over %s answers with", (protocol) => {
	let judge: FakeJudge;
	let judged: JudgedProject;
	const spans = OUTCOMES.map((_, index) =>
		llmSpan({ attributes: attributes({ input: `case ${index}.`, output: "Paris." }) }),
	);

	// All at once: the retries of the slow ones wait together.
	beforeAll(async () => {
		judge = await startFakeJudge((call, earlier) => {
			// A test of the connection passes: what fails is one call.
			if (call.prompt.includes("ready")) return { text: "ready" };
			const { replies = [] } = OUTCOMES[Number(call.prompt.match(/case (\d+)\./)?.[1])] ?? {};
			return replies[earlier] ?? replies.at(-1) ?? "hang";
		});
		judged = await createJudgedProject(url, judge.url, { protocol });
		await sendSpans(url, spans, judged.project.name);
	});
	afterAll(() => judge.close());

	it.each(OUTCOMES.map((outcome, index) => ({ repairs: 0, ...outcome, index })))(
		"$when",
		async ({ job, repairs, index }) => {
			const traceId = spans[index]?.traceId ?? "";
			const evaluations = await endedEvaluations(url, traceId, 1, ENDED_MS);
			const [stored] = (await getTrace(url, traceId)).spans;
			expect(evaluations).toEqual([expect.objectContaining(job)]);
			expect(evaluations[0]).toMatchObject({
				spanId: stored?.id,
				ruleId: judged.rule.id,
				evaluatorName: "helpfulness",
			});
			const calls = judge.calls.filter((call) => call.prompt.includes(`case ${index}.`));
			expect(calls).toHaveLength((evaluations[0]?.attemptCount ?? 0) + repairs);
			expect(JSON.stringify(evaluations)).not.toContain(KEY);
		},
	);

	it("is asked with criteria, input and output in one user message, at the path of its protocol", () => {
		const call = judge.calls.find(({ prompt }) => prompt.includes("case 0."));
		expect(call?.path).toBe(protocol === "RESPONSES" ? "/v1/responses" : "/v1/chat/completions");
		expect(call?.headers.authorization).toBe(`Bearer ${KEY}`);
		expect(call?.body.model).toBe("judge-1");
		expect(unfenced(call?.prompt)).toMatch(
			/The response correctly and helpfully answers the question\.\n.*\n\nInput: case 0\.\nActual Output: Paris\.\n/,
		);
		expect(call?.prompt).toMatch(/between 0 and 1/);
	});
});

describe("which spans are judged", () => {
	let judge: FakeJudge;

	beforeAll(async () => {
		judge = await startFakeJudge(() => verdict(1));
	});
	afterAll(() => judge.close());

	it("not those without output or of another name, and none twice when sent again", async () => {
		const { project } = await createJudgedProject(url, judge.url);
		const traceId = llmSpan().traceId;
		const judged = llmSpan({ traceId });
		const silent = llmSpan({ traceId, attributes: attributes({ input: "no output" }) });
		const other = llmSpan({ traceId, name: "LLM.generate" });
		for (const spans of [[silent, other, judged], [judged], [judged]]) await sendSpans(url, spans, project.name);
		await endedEvaluations(url, traceId);
		// One more announced span behind them: once it is judged, everything before it was looked at.
		const last = llmSpan();
		await sendSpans(url, [last], project.name);
		await endedEvaluations(url, last.traceId);
		const trace = await getTrace(url, traceId);
		const span = trace.spans.find(({ spanId }) => spanId === judged.spanId);
		expect(trace.evalJobs.map((job) => job.spanId)).toEqual([span?.id]);
		expect(judge.calls).toHaveLength(2);
	});
});
