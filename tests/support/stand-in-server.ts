import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { engineFetch } from "@/inngest/embedded/engine-fetch";
import type { SdkRequest, SdkResponse } from "@/inngest/embedded/sdk-handler";
import { db, openDatabase } from "@/lib/db/client";
import { hashedSigningKey, signRequest } from "@/tests/support/sign-request";

// A stand-in for an Inngest server, and not one: our embedded engine in a process of its own, which takes events and
// registrations over HTTP and calls the application with signatures. What it proves is the application's side.
// `stand-in-server.ts <port> <data folder> <event key> <signing key>` says `listening`, and `registered` for each registration.

const [port = "0", dataDir = "", eventKey = "", signingKey = ""] = process.argv.slice(2);
/** Survives a kill, as what a server was told does. */
const memory = join(dataDir, "registration.json");
const RETRY_MS = 1000;

interface Registration {
	url: string;
	appVersion?: string;
	functions: object[];
}

let engine: Promise<Engine> | undefined;
let registered: Registration | undefined;

await openDatabase({ dataDir });
if (existsSync(memory)) {
	registered = JSON.parse(readFileSync(memory, "utf8"));
	await startAgain();
}

/** Where the engine calls functions: what was registered answers for them, everything else is a signed request. */
async function callApplication({ method, query, headers, body }: SdkRequest): Promise<SdkResponse> {
	if (method === "PUT") return { status: 200, headers: {}, body: JSON.stringify(registered) };
	try {
		const response = await fetch(`${registered?.url}?${new URLSearchParams(query)}`, {
			method,
			headers: { ...headers, "content-type": "application/json", "x-inngest-signature": signRequest(body, signingKey) },
			body: JSON.stringify(body),
		});
		const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
		return { ...answer, body: await response.text() };
	} catch {
		const error = { name: "Error", message: "the application does not answer" };
		return { status: 500, headers: { "x-inngest-no-retry": "false" }, body: JSON.stringify(error) };
	}
}

async function startAgain(): Promise<void> {
	await (await engine)?.stop();
	engine = startEngine({ functions: callApplication, backoff: () => RETRY_MS, drainMs: 1000 });
	await engine;
}

async function register(request: IncomingMessage): Promise<[number, object]> {
	if (request.headers.authorization !== `Bearer ${hashedSigningKey(signingKey)}`) return [401, { error: "wrong key" }];
	const given: Registration = JSON.parse(await text(request));
	// What it has already it leaves alone, as a server does; anything new, and be it a version, starts the crons again.
	const modified = JSON.stringify(given) !== JSON.stringify(registered);
	registered = given;
	writeFileSync(memory, JSON.stringify(given));
	if (modified) await startAgain();
	console.log(`registered ${given.url} ${given.appVersion}`);
	return [200, { ok: true, modified }];
}

async function takeEvents(request: IncomingMessage): Promise<[number, object]> {
	if (request.url !== `/e/${eventKey}`) return [401, { error: "unknown event key", status: 401 }];
	const body = await text(request);
	// As a server that knows no function: taken, and nothing comes of it.
	if (!engine) return [200, { ids: [], status: 200 }];
	await engine;
	const seed = String(request.headers["x-inngest-event-id-seed"]);
	const headers = { "x-inngest-event-id-seed": seed };
	const response = await engineFetch("http://stand-in.invalid/e/key", { method: "POST", headers, body });
	return [response.status, await response.json()];
}

/** Everything that is kept of events and runs. */
async function dump(): Promise<object> {
	const [events, runs, steps, jobs] = await Promise.all([
		db().engineEvent.findMany(),
		db().engineRun.findMany(),
		db().engineStep.findMany(),
		db().engineJob.findMany(),
	]);
	return { events, runs, steps, jobs };
}

async function answer(request: IncomingMessage): Promise<[number, object]> {
	if (request.url === "/dump") return [200, await dump()];
	if (request.method !== "POST") return [200, { status: "ok" }];
	return request.url === "/fn/register" ? register(request) : takeEvents(request);
}

createServer((request, response) => {
	answer(request)
		.catch((error: unknown): [number, object] => [500, { error: String(error), status: 500 }])
		.then(([status, body]) => {
			response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
		});
}).listen(Number(port), "127.0.0.1", () => console.log("listening"));
