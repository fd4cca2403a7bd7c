import { Agent, request } from "node:http";
import type { FuzzAnswer } from "@/tests/fuzz/check-answer";
import type { FuzzCase } from "@/tests/fuzz/fuzz-case";

/** Where fuzzed requests are sent. */
export interface FuzzTarget {
	/** Null when the case hangs up. */
	send(fuzzed: FuzzCase): Promise<FuzzAnswer | null>;
	close(): Promise<void>;
}

/** Beyond this a request hangs. */
const ANSWER_MS_MAX = 60_000;

/** A running application, over kept connections. A connection that breaks, or an answer that never comes, rejects. */
export function httpTarget(url: string, connections: number): FuzzTarget {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const { hostname, port } = new URL(url);
	return {
		send: ({ path, headers, body, chunked, hangsUp }) =>
			new Promise((resolve, reject) => {
				const framing = chunked ? { "transfer-encoding": "chunked" } : { "content-length": body.length };
				const call = request(
					{ agent, hostname, port, path, method: "POST", headers: { ...headers, ...framing }, timeout: ANSWER_MS_MAX },
					(response) => {
						const parts: Buffer[] = [];
						response.on("data", (part: Buffer) => parts.push(part));
						response.on("error", reject);
						response.on("end", () =>
							resolve({
								status: response.statusCode ?? 0,
								headers: Object.fromEntries(
									Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
								),
								body: Buffer.concat(parts),
							}),
						);
					},
				);
				call.on("timeout", () => call.destroy(new Error(`no answer within ${ANSWER_MS_MAX / 1000} s`)));
				call.on("error", (error) => (hangsUp ? resolve(null) : reject(error)));
				const middle = chunked ? body.length >> 1 : 0;
				if (middle > 0) call.write(body.subarray(0, middle));
				if (hangsUp) call.write(body.subarray(middle, -1), () => call.destroy(new Error("hung up")));
				else call.end(body.subarray(middle));
			}),
		async close() {
			agent.destroy();
		},
	};
}
