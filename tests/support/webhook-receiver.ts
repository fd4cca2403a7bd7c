import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the receiver does with one message. */
export type Reception =
	| { status: number; body?: string; headers?: Record<string, string> }
	/** Takes the message and never answers. */
	| "hang"
	/** Answers 200 and never ends the body. */
	| "trickle";

export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	/** The bytes, as text. */
	body: string;
}

export interface WebhookReceiver {
	url: string;
	received: Received[];
	close(): Promise<void>;
}

/** A receiver of webhooks on loopback. `script` decides each answer from the message and how many came before it. */
export async function startWebhookReceiver(
	script: (message: Received, earlier: number) => Reception = () => ({ status: 200, body: "thanks" }),
): Promise<WebhookReceiver> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on("data", (chunk: Buffer) => chunks.push(chunk));
		request.on("end", () => {
			const body = Buffer.concat(chunks).toString("utf8");
			const message = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
			received.push(message);
			answer(response, script(message, received.length - 1));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function answer(response: ServerResponse, reception: Reception): void {
	if (reception === "hang") return;
	if (reception === "trickle") {
		response.writeHead(200).write("thanks, ");
		return;
	}
	response.writeHead(reception.status, reception.headers).end(reception.body ?? "");
}
