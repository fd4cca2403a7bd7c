import type { HasHeaders } from "@/lib/http/has-headers";

/**
 * Hands over the chunks of a body as they arrive and resolves after the last one. Rejects when the body ends early. What
 * `take` throws ends the reading and is thrown on.
 */
export type ReadChunks = (take: (chunk: Uint8Array) => void) => Promise<void>;

/** A body on its way, with the headers that describe it. It is read once, or never. */
export interface IncomingBody extends HasHeaders {
	read: ReadChunks;
}

/** The body of a web Request. */
export function requestBody(request: Request): IncomingBody {
	return {
		headers: request.headers,
		async read(take) {
			if (!request.body) return;
			for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) take(chunk);
		},
	};
}
