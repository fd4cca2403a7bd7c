import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { askScriptedJudge, ResponsesRequest } from "@/lib/local/demo/scripted-judge";
import { askScriptedModel, ChatRequest } from "@/lib/local/demo/scripted-model";
import { sleep } from "@/lib/time";

const QUIET_MS = 1000;
const DRAIN_MS_MAX = 4000;

export interface ScriptedServer {
	/** Base URL for clients of either protocol. */
	url: string;
	/** Ends the server once nobody has asked for a second, so that judgments under way come to their end. */
	stop(): Promise<void>;
}

/** Serves the scripted model (Chat Completions) and the scripted judge (Responses) on a free loopback port. */
export async function startScriptedServer(): Promise<ScriptedServer> {
	let busyAt = 0;
	const server = createServer(async (request, response) => {
		busyAt = Date.now();
		const { status, body } = await answer(request);
		busyAt = Date.now();
		response.writeHead(status, { "content-type": "application/json" });
		response.end(JSON.stringify(body));
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject).listen(0, "127.0.0.1", resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		async stop() {
			const deadline = Date.now() + DRAIN_MS_MAX;
			while (Date.now() < Math.min(busyAt + QUIET_MS, deadline)) await sleep(50);
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
	try {
		const reply = route(request.url ?? "", JSON.parse(await readText(request)));
		if (!reply) return failure(404, "The scripted server has no such path.");
		await sleep(reply.latencyMs);
		return { status: 200, body: reply.body };
	} catch {
		return failure(400, "The scripted server cannot read this request.");
	}
}

function route(path: string, body: unknown): { latencyMs: number; body: object } | undefined {
	if (path === "/v1/chat/completions") return askScriptedModel(ChatRequest.parse(body));
	if (path !== "/v1/responses") return undefined;
	const { input } = ResponsesRequest.parse(body);
	return askScriptedJudge(input.flatMap(({ content }) => content.map(({ text }) => text)).join("\n"));
}

function failure(status: number, message: string): { status: number; body: object } {
	return { status, body: { error: { message } } };
}

async function readText(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString("utf8");
}
