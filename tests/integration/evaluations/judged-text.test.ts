import { afterEach, describe, expect, it } from "vitest";
import { runTask } from "@/lib/evaluations/run-task";
import type { Span } from "@/lib/span/span";
import { writeSpans } from "@/lib/traces/write-spans";
import { type FakeJudge, type Reply, startFakeJudge, unfenced, verdict } from "@/tests/support/fake-judge";
import { newConnection, newRule, plan, reload, tasksOf } from "@/tests/support/judging";
import { plainSpan } from "@/tests/support/plain-span";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

let judge: FakeJudge;
afterEach(() => judge?.close());

const RAW = {
	input: '{"messages":[{"role":"user","content":"secret raw question"}]}',
	output: '{"choices":[{"message":"secret raw answer"}]}',
};

/** A stored span with these texts, judged once. */
async function judged(texts: Partial<Span>, reply: (prompt: string) => Reply = () => verdict(1)) {
	judge = await startFakeJudge(({ prompt }) => reply(prompt));
	const project = await newProject();
	await newRule(project, { connectionId: (await newConnection({ baseUrl: judge.url })).id });
	await writeSpans([plainSpan({ name: "chat", projectId: project.id, ...texts })]);
	const planned = await plan(project);
	const [task] = await tasksOf(project);
	if (task) await runTask({ taskId: task.id, runId: "run" });
	return { planned, prompt: unfenced(judge.calls[0]?.prompt), task: task && (await reload(task)) };
}

describe("runTask()", () => {
	it("shows the judge the texts that a reader sees, not the request they came in", async () => {
		const { prompt } = await judged({ ...RAW, inputText: "the question", outputText: "the answer" });
		expect(prompt).toContain("Input: the question\nActual Output: the answer\n");
		expect(prompt).not.toContain("secret raw");
	});

	it("shows the judge the raw texts where nothing was read out of them", async () => {
		const { prompt } = await judged({ ...RAW, outputText: "the answer" });
		expect(prompt).toContain(`Input: ${RAW.input}\nActual Output: the answer\n`);
	});

	it("keeps neither the raw nor the derived texts that a provider repeats in an error", async () => {
		const texts = { inputText: "a private question", outputText: "a private answer" };
		const echo = (prompt: string): Reply => ({
			status: 400,
			body: JSON.stringify({ error: { message: `no: ${prompt} ${RAW.input} ${RAW.output}` } }),
		});
		const { task } = await judged({ ...RAW, ...texts }, echo);
		expect(task?.lastError).toContain("HTTP 400: no: ");
		expect(task?.lastError).not.toMatch(/private|secret/);
	});

	it("judges a span whose answer stands in no raw output, but not one that answered nothing", async () => {
		expect((await judged({ outputText: "the answer" })).prompt).toContain("Actual Output: the answer\n");
		expect((await judged({ inputText: "the question" })).planned).toBe(0);
	});
});
