import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the judge does with one call. */
export type Reply =
	/** A well-formed answer of the protocol with this text: the arguments of the tool, if one must be called. */
	| { text: string; model?: string; usage?: { input: number; output: number; cached?: number } }
	/** The body as it is. */
	| { status?: number; body: string; headers?: Record<string, string> }
	/** HTTP 400 in OpenAI's words: this model does not know the form of answer that the call asks for. */
	| "refuse form"
	/** Answers with the request's own Authorization header in the error body, as careless providers do. */
	| { echoAuthorization: number }
	/** Accepts the call and never answers. */
	| "hang"
	/** Breaks the connection in the middle of the body. */
	| "reset";

export interface JudgeCall {
	path: string;
	headers: IncomingHttpHeaders;
	body: {
		model?: string;
		messages?: unknown;
		input?: unknown;
		text?: unknown;
		response_format?: unknown;
		tools?: unknown;
		tool_choice?: unknown;
	};
	/** The form of answer that it asks for. */
	form: "JSON_SCHEMA" | "TOOL_CALL" | "TEXT";
	/** The prompt, whatever the protocol. */
	prompt: string;
}

export interface FakeJudge {
	/** Base URL for a connection. */
	url: string;
	calls: JudgeCall[];
	/** The most calls that were under way at once. */
	peak(): number;
	close(): Promise<void>;
}

/** Answer with a score: what a well-behaved judge says. */
export function verdict(score: number, reason = "because"): Reply {
	return { text: JSON.stringify({ score, reason }) };
}

/** A prompt without the markers around what is judged, whose boundary is another one for every evaluation. */
export function unfenced(prompt: string | undefined): string {
	return (prompt ?? "").replace(/<\/?data-[0-9a-f]{16}[^>]*>/g, "");
}

/**
 * A judge on loopback that speaks both protocols. `script` decides each reply from the call and how many with the same
 * prompt came before it.
 */
export async function startFakeJudge(script: (call: JudgeCall, earlier: number) => Reply): Promise<FakeJudge> {
	const calls: JudgeCall[] = [];
	let underWay = 0;
	let peak = 0;
	const server = createServer((request, response) => {
		peak = Math.max(peak, ++underWay);
		response.on("close", () => underWay--);
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as JudgeCall["body"];
			const path = request.url ?? "";
			const call = { path, headers: request.headers, body, form: formOf(body), prompt: promptOf(body) };
			const earlier = calls.filter((other) => other.prompt === call.prompt).length;
			calls.push(call);
			send(response, call, script(call, earlier));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		calls,
		peak: () => peak,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function formOf({ text, response_format, tools }: JudgeCall["body"]): JudgeCall["form"] {
	if (text ?? response_format) return "JSON_SCHEMA";
	return tools ? "TOOL_CALL" : "TEXT";
}

function promptOf(body: JudgeCall["body"]): string {
	const message = (
		Array.isArray(body.messages) ? body.messages[0] : Array.isArray(body.input) ? body.input[0] : null
	) as {
		content?: string | { text: string }[];
	} | null;
	const content = message?.content ?? "";
	return typeof content === "string" ? content : content.map((part) => part.text).join("");
}

function send(response: ServerResponse, call: JudgeCall, reply: Reply): void {
	if (reply === "hang") return;
	if (reply === "reset") {
		response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
		response.write('{"output_text":"');
		setTimeout(() => response.destroy(), 10);
		return;
	}
	if (reply === "refuse form") {
		const param = refusedParameter(call);
		const message = `Unsupported parameter: '${param}' is not supported with this model.`;
		json(response, 400, { error: { message, type: "invalid_request_error", param, code: "unsupported_parameter" } });
		return;
	}
	if ("echoAuthorization" in reply) {
		const message = `invalid request, headers: Authorization: ${call.headers.authorization}`;
		json(response, reply.echoAuthorization, { error: { message } });
	} else if ("text" in reply) json(response, 200, answer(call, reply));
	else {
		response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
		response.end(reply.body);
	}
}

function refusedParameter({ path, form }: JudgeCall): string {
	if (form === "TEXT") return "input";
	if (form === "TOOL_CALL") return "tools";
	return path.endsWith("/chat/completions") ? "response_format" : "text.format";
}

function answer(call: JudgeCall, { text, model, usage }: Extract<Reply, { text: string }>): object {
	const tool = call.form === "TOOL_CALL";
	if (call.path.endsWith("/chat/completions")) {
		const asked = { id: "call_1", type: "function", function: { name: "verdict", arguments: text } };
		const message = tool ? { content: null, tool_calls: [asked] } : { content: text };
		return {
			id: "chatcmpl-1",
			object: "chat.completion",
			model,
			choices: [{ index: 0, finish_reason: tool ? "tool_calls" : "stop", message: { role: "assistant", ...message } }],
			usage: usage && {
				prompt_tokens: usage.input,
				completion_tokens: usage.output,
				prompt_tokens_details: { cached_tokens: usage.cached ?? 0 },
			},
		};
	}
	const item = tool
		? { type: "function_call", call_id: "call_1", name: "verdict", arguments: text }
		: { type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] };
	return {
		id: "resp_1",
		object: "response",
		model,
		output: [item],
		usage: usage && {
			input_tokens: usage.input,
			output_tokens: usage.output,
			input_tokens_details: { cached_tokens: usage.cached ?? 0 },
		},
	};
}

function json(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { "content-type": "application/json" });
	response.end(JSON.stringify(body));
}
