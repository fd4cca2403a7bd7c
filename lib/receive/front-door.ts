import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import type { IncomingBody } from "@/lib/http/incoming-body";
import { logger } from "@/lib/logger";
import { ENDPOINTS } from "@/lib/receive/endpoints";
import type { Answer, Call, Endpoint } from "@/lib/receive/exchange";

/** How long a call that comes during the start waits; exporters give up after ten seconds without an answer. */
const OPENING_MS_MAX = 5000;
const OPENING_RETRY_MS = 2000;
/** What is read and thrown away behind an answer given early, so that the sender sees the answer and not a reset. */
const DRAIN_BYTES_MAX = 64 * 1024 * 1024;
const DRAIN_MS_MAX = 10_000;

interface Door {
	endpoints: ReadonlyMap<string, Endpoint>;
	opened: boolean;
	opening: Promise<void>;
}

// The server belongs to Next and modules may be loaded twice: one patch a process, with whatever door came last behind it.
const DOOR = Symbol.for("spanwise.front-door");
const shared = globalThis as typeof globalThis & { [DOOR]?: { door: Door | null } };

/**
 * Takes exports from the process's HTTP server before Next sees them: a Next route costs most of a millisecond of CPU a
 * request, this some microseconds. Only POST and OPTIONS on the given paths, with or without a slash at their end; all the
 * rest goes on to Next, whose routes on the same paths answer the same. Calls wait, for some seconds, until the returned
 * function is called.
 */
export function hangFrontDoor(endpoints: Readonly<Record<string, Endpoint>> = ENDPOINTS): () => void {
	let open: () => void = () => undefined;
	const opening = new Promise<void>((resolve) => {
		open = resolve;
	});
	const door: Door = { endpoints: new Map(Object.entries(endpoints)), opened: false, opening };
	if (!shared[DOOR]) {
		shared[DOOR] = { door };
		patchServers();
	}
	shared[DOOR].door = door;
	return () => {
		door.opened = true;
		open();
	};
}

function patchServers(): void {
	const emit: (this: Server, event: string, ...values: unknown[]) => boolean = Server.prototype.emit;
	Server.prototype.emit = function (this: Server, event: string, ...values: unknown[]): boolean {
		if (event === "request") {
			const [request, response] = values as [IncomingMessage, ServerResponse];
			const door = shared[DOOR]?.door;
			const endpoint = door && endpointOf(door, request);
			if (endpoint) {
				void serve(door, endpoint, { server: this, request, response });
				return true;
			}
		}
		return emit.call(this, event, ...values);
	};
}

function endpointOf(door: Door, { method, url = "" }: IncomingMessage): Endpoint | undefined {
	if (method !== "POST" && method !== "OPTIONS") return undefined;
	return door.endpoints.get(url) ?? door.endpoints.get(pathOf(url));
}

// Exporters append their path to a base that may end in a slash, and some append a slash of their own.
function pathOf(url: string): string {
	const query = url.indexOf("?");
	return (query < 0 ? url : url.slice(0, query)).replace(/^\/\/+/, "/").replace(/\/+$/, "");
}

interface Exchange {
	server: Server;
	request: IncomingMessage;
	response: ServerResponse;
}

async function serve(door: Door, endpoint: Endpoint, exchange: Exchange): Promise<void> {
	const { request, response } = exchange;
	const call: Call = { ...incomingBody(request), method: request.method ?? "", allow: endpoint.allow };
	try {
		const answer = door.opened ? await endpoint.receive(call) : await receiveOnceOpen(door, endpoint, call);
		write(exchange, answer);
		void answer.afterwards?.();
	} catch (error) {
		logger.error("an answer could not be written", { error: error instanceof Error ? error.name : "unknown" });
		response.destroy();
	}
}

async function receiveOnceOpen(door: Door, endpoint: Endpoint, call: Call): Promise<Answer> {
	let timer: NodeJS.Timeout | undefined;
	const tooLong = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, OPENING_MS_MAX);
	});
	await Promise.race([door.opening, tooLong]);
	clearTimeout(timer);
	if (door.opened) return endpoint.receive(call);
	return endpoint.refuse(call, new AppError("unavailable", "Spanwise is starting", { retryAfterMs: OPENING_RETRY_MS }));
}

function write({ server, request, response }: Exchange, { status, headers, body }: Answer): void {
	// Next sets it on what its routes answer.
	headers["X-Content-Type-Options"] = "nosniff";
	if (status !== 204) headers["Content-Length"] = String(Buffer.byteLength(body));
	// A server that closes waits for its connections, which a busy sender would keep for ever.
	if (!server.listening) response.shouldKeepAlive = false;
	response.writeHead(status, headers);
	if (request.readableEnded) {
		// A text, or nothing at all, leaves in one write with the headers.
		if (body.length > 0) response.end(body);
		else response.end();
		return;
	}
	// The whole answer, but not its end: Node would close or go on to the next request with the body still coming.
	if (body.length > 0) response.write(body);
	else response.flushHeaders();
	drain(request, (complete) => {
		if (complete) response.end();
		else response.destroy();
	});
}

/** Throws away what still comes, up to a limit; `done` is told whether the body came to its end. */
function drain(request: IncomingMessage, done: (complete: boolean) => void): void {
	let left = DRAIN_BYTES_MAX;
	let ended = false;
	const end = (complete: boolean) => {
		if (ended) return;
		ended = true;
		clearTimeout(timer);
		done(complete);
	};
	const timer = setTimeout(end, DRAIN_MS_MAX, false);
	request.on("data", (chunk: Buffer) => {
		left -= chunk.length;
		if (left < 0) end(false);
	});
	request.once("end", () => end(true));
	request.once("close", () => end(false));
	if (request.destroyed) end(false);
	else request.resume();
}

function incomingBody(request: IncomingMessage): IncomingBody {
	return {
		headers: { get: (name) => headerOf(request, name.toLowerCase()) },
		read: (take) =>
			new Promise((resolve, reject) => {
				const gone = () => reject(new Error("The sender is gone"));
				if (request.destroyed) return gone();
				const onData = (chunk: Buffer) => {
					try {
						take(chunk);
					} catch (error) {
						request.off("data", onData);
						request.pause();
						reject(error);
					}
				};
				request.on("data", onData);
				request.once("end", resolve);
				// Every request closes; only one without an end has failed, and an error costs a stack.
				request.once("close", () => {
					if (!request.readableEnded) gone();
				});
			}),
	};
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
	const value = headers[name];
	return (Array.isArray(value) ? value.join(", ") : value) ?? null;
}
