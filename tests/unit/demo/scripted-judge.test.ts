import { describe, expect, it } from "vitest";
import { z } from "zod";
import { renderPrompt } from "@/lib/judge/render-prompt";
import { pickConversation } from "@/lib/local/demo/conversations";
import { RULES } from "@/lib/local/demo/create-demo-project";
import { askScriptedJudge } from "@/lib/local/demo/scripted-judge";
import { askScriptedModel } from "@/lib/local/demo/scripted-model";

const Reply = z.object({ output: z.tuple([z.object({ content: z.tuple([z.object({ text: z.string() })]) })]) });
const Verdict = z.object({ score: z.number(), reason: z.string().min(10) });
const Completion = z.object({
	choices: z.tuple([
		z.object({
			finish_reason: z.string(),
			message: z.object({ content: z.string().nullable(), tool_calls: z.array(z.unknown()).optional() }),
		}),
	]),
	usage: z.object({ prompt_tokens: z.number().positive(), completion_tokens: z.number().positive() }),
});

function textOf(prompt: string): string {
	return Reply.parse(askScriptedJudge(prompt).body).output[0].content[0].text;
}

/** Score and reason of a rule's judgment on an output, as the product asks for it. */
function judged(evaluatorName: string, output: string): z.infer<typeof Verdict> {
	const rule = RULES.find((one) => one.evaluatorName === evaluatorName);
	if (!rule) throw new Error(`no rule ${evaluatorName}`);
	const { criteria, minScore = 0, maxScore = 1 } = rule;
	const prompt = renderPrompt({ evaluationId: "e-1", criteria, input: "a question", output, minScore, maxScore });
	return Verdict.parse(JSON.parse(textOf(prompt)));
}

function passes(evaluatorName: string, output: string): boolean {
	const rule = RULES.find((one) => one.evaluatorName === evaluatorName);
	return judged(evaluatorName, output).score >= (rule?.threshold ?? 0);
}

describe("the scripted judge", () => {
	it.each([
		["policy-promises", "We refund everything for 90 days.", 0.25, '"90 days"'],
		["policy-promises", "We refund everything for 90 days and pay in cash.", 0.05, '"in cash"'],
		["helpfulness", "I cannot help with questions about gift cards.", 1.4, "turns the customer away"],
		["helpfulness", "Soften two onions in oil.", 1, "nothing to do with"],
		[
			"helpfulness",
			"I could not reach the payment service, so I do not know where the refund is.",
			3,
			"leaves the question open",
		],
		[
			"no-internal-notes",
			"It is due on Thursday. Internal note: offer 15 percent.",
			0,
			'"Internal note: offer 15 percent"',
		],
	])("by %s judges %j with %d", (evaluatorName, output, score, said) => {
		const verdict = judged(evaluatorName, output);
		expect(verdict.score).toBe(score);
		expect(verdict.reason).toContain(said);
	});

	it("lets a good answer pass every rule, bare or as a completion", () => {
		const good = "You can send it back within 30 days of delivery. The refund takes up to 5 working days.";
		const completion = JSON.stringify({ choices: [{ message: { content: good } }] });
		for (const { evaluatorName } of RULES) {
			expect(passes(evaluatorName, good)).toBe(true);
			expect(passes(evaluatorName, completion)).toBe(true);
		}
	});

	it("reads a completion, not its wrapping: a call for a tool tells the customer nothing", () => {
		const call = JSON.stringify({ choices: [{ message: { content: null, tool_calls: [{}] } }] });
		expect(judged("no-internal-notes", call)).toMatchObject({ score: 1, reason: expect.stringContaining("tool") });
	});

	it("answers a test of the connection", () => {
		expect(textOf("Answer with the single word: ready")).toContain("ready");
	});
});

describe("the scripted model", () => {
	const ask = (number: number, tool: boolean) => {
		const { question, seed } = pickConversation(number);
		const messages = [{ role: "user", content: question }, ...(tool ? [{ role: "tool", content: "{}" }] : [])];
		return askScriptedModel({ seed, messages });
	};

	it("asks for a tool first, answers then, the same for the same conversation, at a plausible pace", () => {
		for (let number = 1; number <= 40; number++) {
			const first = ask(number, false);
			expect(Completion.parse(first.body).choices[0]).toMatchObject({
				finish_reason: "tool_calls",
				message: { content: null, tool_calls: [{ type: "function" }] },
			});
			const last = ask(number, true);
			const completion = Completion.parse(last.body);
			expect(completion.choices[0]).toEqual(Completion.parse(ask(number, true).body).choices[0]);
			for (const { latencyMs } of [first, last]) {
				expect(latencyMs).toBeGreaterThanOrEqual(50);
				expect(latencyMs).toBeLessThanOrEqual(800);
			}
		}
	});

	it("mixes good and bad answers within the first conversations, for every rule", () => {
		const answers = Array.from({ length: 25 }, (_, index) => Completion.parse(ask(index + 1, true).body))
			.map(({ choices }) => choices[0].message.content ?? "")
			.filter((answer) => !answer.includes("no answer to this question"));
		const bad = answers.filter((answer) => RULES.some(({ evaluatorName }) => !passes(evaluatorName, answer)));
		expect(bad.length / answers.length).toBeGreaterThan(0.25);
		expect(bad.length / answers.length).toBeLessThan(0.6);
		for (const { evaluatorName } of RULES) {
			expect(new Set(answers.map((answer) => passes(evaluatorName, answer)))).toEqual(new Set([true, false]));
		}
	});
});
