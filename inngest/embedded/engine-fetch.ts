import { createHash } from "node:crypto";
import { acceptEvents } from "@/inngest/embedded/accept-events";
import { type RunningEngine, runningEngine } from "@/inngest/embedded/running-engine";
import { Checkpoint, saveCheckpoint } from "@/inngest/embedded/save-checkpoint";
import { StoredEvent } from "@/inngest/embedded/stored-event";
import { db } from "@/lib/db/client";

/** The `fetch` of the embedded client: answers the SDK's requests to an Inngest server in this process. */
export async function engineFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
	const engine = runningEngine();
	if (!engine) return answer(503, { error: "The embedded engine is not running" });
	const { pathname } = new URL(input instanceof Request ? input.url : input);
	const body: unknown = JSON.parse(String(init?.body));
	if (pathname.startsWith("/e/")) return receiveEvents(engine, body, new Headers(init?.headers));
	if (/^\/v1\/checkpoint\/[^/]+\/async$/.test(pathname)) return receiveCheckpoint(body);
	return answer(404, { error: `The embedded engine does not serve ${pathname}` });
}

async function receiveEvents(engine: RunningEngine, body: unknown, headers: Headers): Promise<Response> {
	// The same for every try of one send, so that a try whose answer was lost does not store its events twice.
	const seed = headers.get("x-inngest-event-id-seed") ?? crypto.randomUUID();
	const payloads = [body].flat().map((payload, index) => {
		const id = createHash("sha256").update(`${seed} ${index}`).digest("hex").slice(0, 32);
		return { ts: Date.now(), ...(payload as object), id: (payload as { id?: string }).id ?? id };
	});
	const events = StoredEvent.array().safeParse(payloads);
	if (!events.success) {
		const [issue] = events.error.issues;
		return answer(400, { error: `Event refused: ${issue?.path.join(".")}: ${issue?.message}` });
	}
	await acceptEvents(db(), engine.functions, events.data);
	engine.wake();
	return answer(200, { ids: events.data.map(({ id }) => id) });
}

async function receiveCheckpoint(body: unknown): Promise<Response> {
	const checkpoint = Checkpoint.safeParse(body);
	// The SDK then hands its steps over with the next answer, where an unknown operation is refused by name.
	if (!checkpoint.success) return answer(400, { error: "The embedded engine does not take this checkpoint" });
	return (await saveCheckpoint(checkpoint.data)) ? answer(200, {}) : answer(409, { error: "The lease was lost" });
}

function answer(status: number, body: object): Response {
	return Response.json({ ...body, status }, { status });
}
