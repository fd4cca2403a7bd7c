import type { FuzzTarget } from "@/tests/fuzz/http-target";

const HALF = new Error("the sender is gone");

/**
 * The receiving core in this process, without HTTP: the doors' own code from the headers to the stores, which must be open.
 * Loads it only now, because it reads the environment.
 */
export async function coreTarget(): Promise<FuzzTarget> {
	const { ENDPOINTS } = await import("@/lib/receive/endpoints");
	return {
		async send({ path, headers, body, chunked, hangsUp }) {
			const { pathname } = new URL(path.replace(/^\/+/, "/"), "http://localhost");
			const endpoint = pathname.replace(/\/$/, "");
			if (!isEndpoint(endpoint)) throw new Error(`nothing takes ${path}`);
			const { receive, allow } = ENDPOINTS[endpoint];
			// As an HTTP parser hands headers on: without the spaces around them.
			const sent = new Map(Object.entries(headers).map(([name, value]) => [name, value.trim()]));
			if (!chunked) sent.set("content-length", String(body.length));
			const answer = await receive({
				method: "POST",
				allow,
				headers: { get: (name) => sent.get(name.toLowerCase()) ?? null },
				async read(take) {
					const middle = chunked || hangsUp ? body.length >> 1 : 0;
					if (middle > 0) take(body.subarray(0, middle));
					if (hangsUp) throw HALF;
					if (middle < body.length) take(body.subarray(middle));
				},
			});
			if (hangsUp) return null;
			return {
				status: answer.status,
				headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value])),
				body: Buffer.from(answer.body),
			};
		},
		async close() {},
	};

	function isEndpoint(path: string): path is keyof typeof ENDPOINTS {
		return path in ENDPOINTS;
	}
}
