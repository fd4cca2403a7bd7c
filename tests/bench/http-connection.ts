import { Agent, request as httpRequest } from "node:http";
import type { KeepAliveConnection, RawAnswer } from "@/tests/bench/keep-alive-connection";

const HEAD_END = "\r\n\r\n";

/** One connection of `node:http`'s client, by which OpenTelemetry's exporters for Node send; takes the same wire bytes. */
export function openHttpConnection(host: string, port: number): KeepAliveConnection {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	return {
		send(wire) {
			const headEnd = wire.indexOf(HEAD_END);
			const [first = "", ...lines] = wire.toString("latin1", 0, headEnd).split("\r\n");
			const [method, path] = first.split(" ");
			const headers = Object.fromEntries(lines.map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
			return new Promise<RawAnswer>((resolve, reject) => {
				const sent = httpRequest({ host, port, method, path, headers, agent }, (response) => {
					response.on("end", () => {
						const retryAfterSeconds = Number(response.headers["retry-after"] ?? 0);
						resolve({ status: response.statusCode ?? 0, retryAfterSeconds });
					});
					response.on("error", reject);
					response.resume();
				});
				sent.on("error", reject);
				sent.end(wire.subarray(headEnd + HEAD_END.length));
			});
		},
		close: () => agent.destroy(),
	};
}
