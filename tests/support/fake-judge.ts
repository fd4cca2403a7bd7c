import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the judge does with one call. */
export type Reply =
	/** A well-formed answer of the protocol with this text. */
	| { text: string }
	/** The body as it is. */
	| { status?: number; body: string; headers?: Record<string, string> }
	/** Answers with the request's own Authorization header in the error body, as careless providers do. */
	| { echoAuthorization: number }
	/** Accepts the call and never answers. */
	| "hang"
	/** Breaks the connection in the middle of the body. */
	| "reset";

export interface JudgeCall {
	path: string;
	headers: IncomingHttpHeaders;
	body: { model?: string; messages?: unknown; input?: unknown };
	/** The prompt, whatever the protocol. */
	prompt: string;
}

export interface FakeJudge {
	/** Base URL for a connection. */
	url: string;
	calls: JudgeCall[];
	close(): Promise<void>;
}

/** Answer with a score: what a well-behaved judge says. */
export function verdict(score: number, reason = "because"): Reply {
	return { text: JSON.stringify({ score, reason }) };
}

/**
 * A judge on loopback that speaks both protocols. `script` decides each reply from the call and how many with the same
 * prompt came before it.
 */
export async function startFakeJudge(script: (call: JudgeCall, earlier: number) => Reply): Promise<FakeJudge> {
	const calls: JudgeCall[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as JudgeCall["body"];
			const path = request.url ?? "";
			const call = { path, headers: request.headers, body, prompt: promptOf(body) };
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
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
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
	if ("echoAuthorization" in reply) {
		const message = `invalid request, headers: Authorization: ${call.headers.authorization}`;
		json(response, reply.echoAuthorization, { error: { message } });
	} else if ("text" in reply) json(response, 200, answer(call, reply.text));
	else {
		response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
		response.end(reply.body);
	}
}

function answer(call: JudgeCall, text: string): object {
	if (call.path.endsWith("/chat/completions")) {
		return {
			id: "chatcmpl-1",
			object: "chat.completion",
			choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
		};
	}
	return {
		id: "resp_1",
		object: "response",
		output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] }],
	};
}

function json(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { "content-type": "application/json" });
	response.end(JSON.stringify(body));
}
