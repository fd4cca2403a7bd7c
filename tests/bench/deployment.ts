import { createProse, type Prose } from "@/tests/bench/prose";

// What an application in production repeats in every call: its agents' system prompts, tool definitions and models.

const AGENTS = 36;

/** A provider as its instrumentation names it, the models it serves and the version that answers. */
const PROVIDERS = [
	{ name: "openai", host: "api.openai.com", idHead: "chatcmpl-", models: ["gpt-4o", "gpt-4o-mini", "gpt-4.1"] },
	{ name: "anthropic", host: "api.anthropic.com", idHead: "msg_01", models: ["claude-sonnet-4", "claude-haiku-3.5"] },
	{ name: "mistral_ai", host: "api.mistral.ai", idHead: "cmpl-", models: ["mistral-large", "mistral-small"] },
] as const;
const DATES = ["2024-08-06", "2025-04-14", "2025-05-14", "2024-11-20"];
const VERBS = ["search", "get", "list", "update", "create", "check", "cancel", "find", "refund", "escalate"];
const NOUNS = ["order", "customer", "article", "invoice", "ticket", "shipment", "calendar", "document", "contract"];
const PARAMETERS = ["id", "query", "limit", "since", "email", "language", "reason", "amount", "status", "page"];

export interface Tool {
	name: string;
	parameters: string[];
	definition: object;
}

export interface Agent {
	name: string;
	id: string;
	provider: (typeof PROVIDERS)[number];
	requestModel: string;
	responseModel: string;
	temperature: number;
	maxTokens: number | null;
	systemPrompt: string;
	/** Newer senders give the system prompt an attribute of its own, older ones make it the first message. */
	instructionsApart: boolean;
	tools: Tool[];
	/** Some frameworks trace the run and its tools, others the model calls alone. */
	tracesTools: boolean;
	/** Some applications begin a trace with every message of the user, others hold a conversation in one. */
	tracePerTurn: boolean;
}

/** The agents of one deployment, by the seed. */
export function createAgents(seed: number): Agent[] {
	const prose = createProse(seed);
	return Array.from({ length: AGENTS }, () => createAgent(prose));
}

function createAgent(prose: Prose): Agent {
	const provider = prose.pick(PROVIDERS);
	const model = prose.pick(provider.models);
	const name = `${prose.pick(NOUNS)}-${prose.pick(["assistant", "agent", "helper", "router", "writer"])}`;
	return {
		name,
		id: `asst_${prose.token(24)}`,
		provider,
		requestModel: model,
		responseModel: `${model}-${prose.pick(DATES)}`,
		temperature: prose.pick([0, 0.2, 0.3, 0.7, 1]),
		maxTokens: prose.chance(0.5) ? prose.pick([512, 1024, 4096]) : null,
		systemPrompt: `You are ${prose.name()}, the ${name.replace("-", " ")} of ${prose.name()}.\n${prose.text(200 + prose.integer(350))}`,
		instructionsApart: prose.chance(0.7),
		tools: prose.chance(0.5) ? createTools(prose) : [],
		tracesTools: prose.chance(0.35),
		tracePerTurn: prose.chance(0.6),
	};
}

function createTools(prose: Prose): Tool[] {
	const names = new Set<string>();
	const wanted = 2 + prose.integer(3);
	while (names.size < wanted) names.add(`${prose.pick(VERBS)}_${prose.pick(NOUNS)}`);
	return [...names].map((name) => {
		const parameters = [...new Set(Array.from({ length: 1 + prose.integer(2) }, () => prose.pick(PARAMETERS)))];
		const properties = Object.fromEntries(
			parameters.map((key) => [key, { type: prose.pick(["string", "integer"]), description: prose.text(1) }]),
		);
		return {
			name,
			parameters,
			definition: {
				type: "function",
				name,
				description: prose.text(40),
				parameters: { type: "object", properties, required: parameters.slice(0, 1) },
			},
		};
	});
}
