import { describe, expect, it, vi } from "vitest";
import { eventStream } from "@/lib/http/event-stream";

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
	return Buffer.from((await reader.read()).value ?? []).toString();
}

describe("eventStream()", () => {
	it("sends events as they come, and stops its source once when the reader leaves", async () => {
		const stop = vi.fn();
		let send = (_event: string) => {};
		const leaving = new AbortController();
		const answer = eventStream(leaving.signal, (given) => {
			send = given;
			return stop;
		});
		expect(answer.headers.get("content-type")).toContain("text/event-stream");
		const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
		expect(await next(reader)).toBe("retry: 1000\n\n");
		send("arrived");
		expect(await next(reader)).toBe("event: arrived\ndata: arrived\n\n");
		leaving.abort();
		expect((await reader.read()).done).toBe(true);
		await reader.cancel();
		expect(stop).toHaveBeenCalledTimes(1);
	});
});
