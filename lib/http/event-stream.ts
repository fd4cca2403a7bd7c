const BEAT_MS = 15_000;
/** Serverless platforms end long answers themselves, less kindly; a browser comes back at once. */
const LIFETIME_MS = 240_000;
const RETRY_MS = 1000;

/**
 * An answer that goes on: server-sent events. `open` gets a function that sends one, and returns what stops the source; it is
 * called once, when the reader leaves or after four minutes. Events carry names and nothing else.
 * Source: WHATWG HTML, "Server-sent events".
 */
export function eventStream(signal: AbortSignal, open: (send: (event: string) => void) => () => void): Response {
	// True when it was still going on.
	let stop = () => false;
	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const write = (text: string) => controller.enqueue(Buffer.from(text));
			const beat = setInterval(() => write(": beat\n\n"), BEAT_MS);
			const end = setTimeout(() => leave(), LIFETIME_MS);
			// A browser drops an event without data.
			const close = open((event) => write(`event: ${event}\ndata: ${event}\n\n`));
			const leave = () => {
				if (stop()) controller.close();
			};
			stop = () => {
				stop = () => false;
				clearInterval(beat);
				clearTimeout(end);
				signal.removeEventListener("abort", leave);
				close();
				return true;
			};
			signal.addEventListener("abort", leave);
			write(`retry: ${RETRY_MS}\n\n`);
		},
		cancel: () => void stop(),
	});
	return new Response(body, {
		headers: {
			"content-type": "text/event-stream; charset=utf-8",
			"cache-control": "no-cache, no-transform",
			// Proxies would hold events back until they have a pageful.
			"x-accel-buffering": "no",
		},
	});
}
