import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came through, and what its sender was told. */
export interface ProxiedCall {
	path: string;
	headers: Record<string, unknown>;
	body: Buffer;
	status: number;
	answer: Buffer;
}

export interface FlakyProxy {
	url: string;
	calls: ProxiedCall[];
	close(): Promise<void>;
}

/** A proxy on loopback that tells its first callers to come back (503, Retry-After) and then forwards everything as it is. */
export async function startFlakyProxy(target: string, refusals = 1): Promise<FlakyProxy> {
	const { hostname, port } = new URL(target);
	const calls: ProxiedCall[] = [];
	const server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
		incoming.on("end", () => {
			const body = Buffer.concat(chunks);
			const { url: path = "", method, headers } = incoming;
			const call: ProxiedCall = { path, headers, body, status: 0, answer: Buffer.alloc(0) };
			calls.push(call);
			if (calls.length <= refusals) {
				call.status = 503;
				outgoing.writeHead(503, { "Retry-After": "1", "Content-Length": "0" }).end();
				return;
			}
			const forwarded = request({ hostname, port, path, method, headers: { ...headers, host: `${hostname}:${port}` } });
			forwarded.on("error", () => outgoing.destroy());
			forwarded.on("response", (response) => {
				const parts: Buffer[] = [];
				response.on("data", (part: Buffer) => parts.push(part));
				response.on("end", () => {
					Object.assign(call, { status: response.statusCode ?? 0, answer: Buffer.concat(parts) });
					outgoing.writeHead(call.status, response.headers).end(call.answer);
				});
			});
			forwarded.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
