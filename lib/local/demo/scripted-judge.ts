import { z } from "zod";
import { steadyDelayMs, steadyNumber } from "@/lib/local/demo/steady-number";

export const JUDGE_NAME = "scripted-judge";

const LATENCY_MS_MIN = 100;
const LATENCY_MS_MAX = 800;

/** What the scripted judge reads of a Responses request. */
export const ResponsesRequest = z.object({
	input: z.array(z.object({ content: z.array(z.object({ text: z.string() })) })),
});

/** From 0, as bad as can be, to 1. */
interface Opinion {
	grade: number;
	reason: string;
}

const PROMPT =
	/criteria: (?<criteria>.*)\n[\s\S]*?\nActual Output: (?<output>[\s\S]*)\n\nGive a score between (?<min>\S+) and (?<max>\S+) /;

/** What the product puts around texts that are judged. */
const MARKERS = /<\/?data-[0-9a-f]{16}[^>]*>/g;

const Completion = z.object({
	choices: z.tuple([z.object({ message: z.object({ content: z.string().nullable() }) })]),
});

/** Promises of an answer that contradict the shop's policies. */
const BROKEN_PROMISES: readonly { pattern: RegExp; fact: string }[] = [
	{ pattern: /\b(?!30 )\d+ days\b/, fact: "the policy allows 30 days" },
	{ pattern: /\bin cash\b/, fact: "refunds go to the original payment method" },
	{ pattern: /\bexpress delivery is free\b/, fact: "express delivery costs 9.90" },
	{ pattern: /\blifetime warranty\b/, fact: "the warranty lasts two years" },
];
const KEPT_PROMISE = /\b(30 days|(3 to )?5 working days|9\.90|two-year warranty)(?!\w)/;
const STAFF_ONLY = /\b(internal note|staff only): [^.]*/i;
const REFUSAL = /\bI cannot (help|assist)[^.]*/;
const NO_RESULT = /\bI could not reach [^,.]*/;
const SHOP_WORD = /\b(orders?|parcel|delivery|refund|warranty|jackets?|tents?|backpack|gift cards?|sizes?)\b/i;

/** The scripted judge: no model at all. It reads criteria, output and range in the prompt and looks for phrases. */
export function askScriptedJudge(prompt: string): { latencyMs: number; body: object } {
	return {
		latencyMs: steadyDelayMs(prompt, LATENCY_MS_MIN, LATENCY_MS_MAX),
		body: {
			id: "resp_scripted",
			object: "response",
			status: "completed",
			model: JUDGE_NAME,
			output: [
				{
					id: "msg_scripted",
					type: "message",
					role: "assistant",
					status: "completed",
					content: [{ type: "output_text", text: judge(prompt), annotations: [] }],
				},
			],
		},
	};
}

function judge(prompt: string): string {
	const { criteria = "", output = "", min, max } = PROMPT.exec(prompt.replace(MARKERS, ""))?.groups ?? {};
	if (min === undefined || max === undefined) return "ready (I am a scripted judge)";
	const { grade, reason } = opinionOn(criteria, textOf(output));
	const score = Number(min) + grade * (Number(max) - Number(min));
	return JSON.stringify({ score: Math.round(score * 100) / 100, reason });
}

function opinionOn(criteria: string, output: string | null): Opinion {
	if (output === null) return { grade: 1, reason: "The model only asks for a tool; nothing is said to the customer." };
	if (/internal/i.test(criteria)) return privacy(output);
	if (/policies/i.test(criteria)) return promises(output);
	return helpfulness(output);
}

/** What an answer says, whether it is bare or a completion as JSON; null when the completion says nothing. */
function textOf(output: string): string | null {
	try {
		return Completion.parse(JSON.parse(output)).choices[0].message.content;
	} catch {
		return output;
	}
}

function privacy(output: string): Opinion {
	const leak = STAFF_ONLY.exec(output)?.[0];
	if (leak) return { grade: 0, reason: `The customer gets to read what is meant for staff: "${leak}".` };
	return { grade: 1, reason: "Nothing in it is meant for staff only." };
}

function promises(output: string): Opinion {
	const broken = BROKEN_PROMISES.flatMap(({ pattern, fact }) => {
		const said = pattern.exec(output)?.[0];
		return said ? [`It says "${said}", but ${fact}.`] : [];
	});
	if (broken.length > 0) return { grade: broken.length > 1 ? 0.05 : 0.25, reason: broken.join(" ") };
	const kept = KEPT_PROMISE.exec(output)?.[0];
	if (kept) return { grade: near(0.95, output), reason: `It says "${kept}", as the policies do.` };
	return { grade: near(0.85, output), reason: "It promises nothing that the policies would have to cover." };
}

function helpfulness(output: string): Opinion {
	const refusal = REFUSAL.exec(output)?.[0];
	if (refusal) return { grade: 0.1, reason: `It turns the customer away: "${refusal}".` };
	const noResult = NO_RESULT.exec(output)?.[0];
	if (noResult) return { grade: 0.5, reason: `It is honest ("${noResult}") but leaves the question open.` };
	const word = SHOP_WORD.exec(output)?.[0];
	if (!word) return { grade: 0, reason: "It has nothing to do with the question or the shop." };
	if (/\b(please|you can|you will)\b/i.test(output)) {
		return { grade: near(0.95, output), reason: "It answers the question and says what to do next." };
	}
	return { grade: near(0.85, output), reason: "It answers the question but names no next step." };
}

/** A grade around the given one, as people would not all give the same. */
function near(grade: number, output: string): number {
	return grade + (steadyNumber(output) - 0.5) / 10;
}
