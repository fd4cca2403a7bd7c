import { request } from "node:http";

interface Question {
	method?: "GET" | "POST";
	body?: string;
	timeoutMs?: number;
}

/**
 * One HTTP exchange with a child of this supervisor; credentials in the URL travel as Basic auth. Rejects when nobody
 * answers in time. Plain `node:http`, because no connection may be kept: the server behind the port is replaced often.
 */
export function askLoopback(url: string, question: Question = {}): Promise<{ status: number; body: string }> {
	const { method = "GET", body, timeoutMs = 2000 } = question;
	return new Promise((resolve, reject) => {
		const outgoing = request(url, { method, agent: false, timeout: timeoutMs }, (response) => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", (chunk: string) => {
				text += chunk;
			});
			response.on("error", reject);
			response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
		});
		outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
		outgoing.on("error", reject);
		outgoing.end(body);
	});
}
