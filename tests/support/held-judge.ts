import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HeldJudge {
	/** Base URL for a connection. */
	url: string;
	/** Resolves when the first call has arrived. */
	asked: Promise<void>;
	/** Answers the first call with score 0.1. */
	answer(): void;
	close(): Promise<void>;
}

/** A judge that keeps its first caller waiting until told to answer; every later call gets score 0.9 at once. */
export async function startHeldJudge(): Promise<HeldJudge> {
	let first: ServerResponse | undefined;
	let arrived = () => {};
	const asked = new Promise<void>((resolve) => {
		arrived = resolve;
	});
	const server = createServer((request, response) => {
		request.resume().on("end", () => {
			if (first) return send(response, 0.9);
			first = response;
			arrived();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		answer: () => first && send(first, 0.1),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function send(response: ServerResponse, score: number): void {
	response.writeHead(200, { "content-type": "application/json" });
	response.end(JSON.stringify({ output_text: JSON.stringify({ score }) }));
}
