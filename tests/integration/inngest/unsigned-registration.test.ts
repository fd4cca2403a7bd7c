import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const ORIGIN = "https://spanwise.test";

vi.mock("@/inngest/index", () => ({ functions: () => [] }));

const registrations: unknown[] = [];
const server = createServer(async (request, response) => {
	registrations.push(await json(request));
	response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
});

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	Object.assign(process.env, {
		INNGEST_EVENT_KEY: "event-key",
		INNGEST_SIGNING_KEY: `signkey-test-${"ab".repeat(32)}`,
		INNGEST_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		INNGEST_SERVE_ORIGIN: ORIGIN,
	});
});
afterAll(() => void server.close());

test("with INNGEST_SERVE_ORIGIN a deployment may register unsigned, at that address and no other", async () => {
	const { PUT, POST, GET } = await import("@/app/api/inngest/route");
	const url = "http://elsewhere.example/api/inngest";
	const headers = { host: "elsewhere.example", "x-forwarded-host": "elsewhere.example" };
	expect((await PUT(new NextRequest(url, { method: "PUT", headers }), {})).status).toBe(200);
	expect(registrations).toEqual([expect.objectContaining({ url: `${ORIGIN}/api/inngest` })]);
	expect((await POST(new NextRequest(url, { method: "POST", headers, body: "{}" }), {})).status).toBe(401);
	expect((await GET(new NextRequest(url, { headers }), {})).status).toBe(401);
	const inBand = { ...headers, "x-inngest-sync-kind": "in_band" };
	expect((await PUT(new NextRequest(url, { method: "PUT", headers: inBand, body: "{}" }), {})).status).toBe(401);
});
