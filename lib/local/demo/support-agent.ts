import {
	defaultProcessOutput,
	getRetrieverAttributes,
	setAttributes,
	setSession,
	setUser,
	traceAgent,
	traceRetriever,
	traceTool,
} from "@arizeai/openinference-core";
import { context } from "@opentelemetry/api";
import type OpenAI from "openai";
import { z } from "zod";
import type { Conversation } from "@/lib/local/demo/conversations";
import { MODEL_NAME } from "@/lib/local/demo/scripted-model";
import { type FoundPolicy, searchPolicies } from "@/lib/local/demo/search-policies";
import { Outage, runShopTool, SHOP_TOOLS } from "@/lib/local/demo/shop-tools";
import { steadyDelayMs } from "@/lib/local/demo/steady-number";
import { sleep } from "@/lib/time";

const CUSTOMERS = 9;
const TEMPERATURE = 0.2;

const ToolArguments = z.record(z.string(), z.string());

const TOOLS: OpenAI.ChatCompletionTool[] = Object.entries(SHOP_TOOLS).map(([name, { description, parameters }]) => ({
	type: "function",
	function: {
		name,
		description,
		parameters: {
			type: "object",
			properties: Object.fromEntries(parameters.map((parameter) => [parameter, { type: "string" }])),
			required: [...parameters],
		},
	},
}));

const retrieve = traceRetriever(
	async (question: string): Promise<FoundPolicy[]> => {
		await sleep(steadyDelayMs(question, 20, 90));
		return searchPolicies(question);
	},
	{
		name: "search-policies",
		processOutput: (policies) => ({
			...defaultProcessOutput(policies),
			...getRetrieverAttributes({ documents: policies }),
		}),
	},
);

/**
 * The sample agent: looks up the policies, asks the model, runs the tool it wants and asks again. One trace per
 * conversation; throws when a service is down altogether.
 */
export async function runConversation(client: OpenAI, { number, question, seed }: Conversation): Promise<string> {
	const respond = traceAgent(
		async (asked: string): Promise<string> => {
			const messages: OpenAI.ChatCompletionMessageParam[] = [
				{ role: "system", content: instructions(await retrieve(asked)) },
				{ role: "user", content: asked },
			];
			const first = await complete(client, messages, seed);
			messages.push(first);
			for (const call of first.tool_calls ?? []) {
				if (call.type !== "function") continue;
				messages.push({ role: "tool", tool_call_id: call.id, content: await callTool(call.function) });
			}
			const last = messages.at(-1)?.role === "tool" ? await complete(client, messages, seed) : first;
			return last.content ?? "";
		},
		{ name: "support-agent" },
	);
	let labelled = setAttributes(context.active(), { "demo.scripted": true });
	labelled = setSession(labelled, { sessionId: `demo-session-${number}` });
	labelled = setUser(labelled, { userId: `demo-customer-${(number % CUSTOMERS) + 1}` });
	return context.with(labelled, () => respond(question));
}

async function complete(
	client: OpenAI,
	messages: OpenAI.ChatCompletionMessageParam[],
	seed: number,
): Promise<OpenAI.ChatCompletionMessage> {
	const completion = await client.chat.completions.create({
		model: MODEL_NAME,
		temperature: TEMPERATURE,
		seed,
		messages: [...messages],
		tools: TOOLS,
	});
	const message = completion.choices[0]?.message;
	if (!message) throw new Error("the model answered without a message");
	return message;
}

/** What the tool answers, as text for the model; a tool that fails is an answer too unless its service is down. */
async function callTool({ name, arguments: text }: { name: string; arguments: string }): Promise<string> {
	const run = traceTool((args: Record<string, string>) => runShopTool(name, args), {
		name,
		attributes: { "tool.name": name },
	});
	try {
		return JSON.stringify(await run(ToolArguments.parse(JSON.parse(text))));
	} catch (error) {
		if (!(error instanceof Error) || error instanceof Outage) throw error;
		return JSON.stringify({ error: error.message });
	}
}

function instructions(policies: readonly FoundPolicy[]): string {
	return [
		"You answer customers of an outdoor shop. Promise only what the policies say and keep staff notes to yourself.",
		...policies.map(({ id, content }) => `Policy ${id}: ${content}`),
	].join("\n");
}
