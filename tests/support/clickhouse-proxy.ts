import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { closeClickhouse } from "@/lib/clickhouse/client";
import { env } from "@/lib/env";

/**
 * What the proxy does with a statement: pass it on; pass it on and lose the answer; lose it before ClickHouse sees it; keep
 * it without an answer until it is released.
 */
export type Fate = "pass" | "lose answer" | "lose" | "hold";

export interface ClickhouseProxy {
	/** The INSERT statements that came, with their settings. */
	inserts: { statement: string; settings: URLSearchParams; bytes: number }[];
	/** Decides about each INSERT; queries pass. */
	fate: (insert: { statement: string; number: number }) => Fate;
	/** Passes on what is held. */
	release(): void;
	close(): Promise<void>;
}

/** Puts a proxy between this process and its ClickHouse, until it is closed. */
export async function proxyClickhouse(): Promise<ClickhouseProxy> {
	const settings = env();
	const url = settings.CLICKHOUSE_URL ?? "";
	const target = new URL(url);
	let held: (() => void)[] = [];
	const proxy: ClickhouseProxy = {
		inserts: [],
		fate: () => "pass",
		release: () => {
			for (const pass of held) pass();
			held = [];
		},
		close: async () => {
			proxy.release();
			await closeClickhouse();
			settings.CLICKHOUSE_URL = url;
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	const server = createServer((incoming, response) => {
		const { searchParams } = new URL(incoming.url ?? "", "http://proxy");
		const statement = searchParams.get("query") ?? "";
		const pass = (loseAnswer: boolean) => forward(incoming, response, target, loseAnswer);
		if (!statement.startsWith("INSERT")) return pass(false);
		const insert = { statement, settings: searchParams, bytes: 0 };
		incoming.on("data", (chunk: Buffer) => {
			insert.bytes += chunk.length;
		});
		incoming.pause();
		proxy.inserts.push(insert);
		const fate = proxy.fate({ statement, number: proxy.inserts.length });
		if (fate === "lose") incoming.socket.destroy();
		else if (fate === "hold") held.push(() => pass(false));
		else pass(fate === "lose answer");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	await closeClickhouse();
	const through = new URL(url);
	through.port = String((server.address() as AddressInfo).port);
	settings.CLICKHOUSE_URL = through.href;
	return proxy;
}

function forward(incoming: IncomingMessage, response: ServerResponse, target: URL, loseAnswer: boolean): void {
	const { method, url, headers } = incoming;
	const outgoing = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
		if (loseAnswer) {
			answer.resume();
			answer.once("end", () => incoming.socket.destroy());
			return;
		}
		response.writeHead(answer.statusCode ?? 500, answer.headers);
		answer.pipe(response);
	});
	outgoing.on("error", () => response.destroy());
	incoming.pipe(outgoing);
}
