import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { registerApp } from "@/inngest/register-app";
import { failure } from "@/tests/support/failure";
import { hashedSigningKey } from "@/tests/support/sign-request";

const KEY = `signkey-test-${"ab".repeat(32)}`;
const FORMER = `signkey-test-${"cd".repeat(32)}`;
const ORIGIN = "http://spanwise.test:8080";

interface Registration {
	path: string | undefined;
	authorization: string | undefined;
	body: { url: string; appName: string; appVersion?: string; functions: { id: string }[] };
}

let answer = { status: 200, body: '{"ok":true,"modified":true}' };
let taken: (request: IncomingMessage) => boolean = () => true;
const registrations: Registration[] = [];

const server = createServer(async (request, response) => {
	const body = JSON.parse(await text(request));
	registrations.push({ path: request.url, authorization: request.headers.authorization, body });
	const { status, body: said } = taken(request) ? answer : { status: 401, body: '{"error":"wrong key"}' };
	response.writeHead(status, { "content-type": "application/json" }).end(said);
});

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	Object.assign(process.env, {
		INNGEST_EVENT_KEY: "event-key",
		INNGEST_SIGNING_KEY: KEY,
		INNGEST_SIGNING_KEY_FALLBACK: FORMER,
		INNGEST_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	});
});
afterAll(() => void server.close());

test("the server is told every function and where it is served, and a version where one is given", async () => {
	await registerApp(ORIGIN);
	await registerApp(ORIGIN, "again");
	expect(registrations).toHaveLength(2);
	const [first, second] = registrations;
	expect(first).toMatchObject({ path: "/fn/register", authorization: `Bearer ${hashedSigningKey(KEY)}` });
	expect(first?.body).toMatchObject({ url: `${ORIGIN}/api/inngest`, appName: "spanwise" });
	expect(first?.body.functions.map(({ id }) => id)).toContain("spanwise-sweep");
	expect([first?.body.appVersion, second?.body.appVersion]).toEqual([undefined, "again"]);
});

test("a server that still has the former key takes the registration", async () => {
	taken = (request) => request.headers.authorization === `Bearer ${hashedSigningKey(FORMER)}`;
	await registerApp(ORIGIN);
});

test.each([
	["refuses the key", { status: 401, body: '{"error":"no such key"}' }, "refused the registration"],
	["refuses a function", { status: 400, body: '{"error":"bad cron","status":400}' }, "refused the registration"],
	["is no Inngest server", { status: 502, body: "<html>" }, "does not answer"],
])(
	"a server that %s is a failure, told without a word of its own and without a line in the log",
	async (_, said, told) => {
		taken = () => true;
		answer = said;
		const printed = [vi.spyOn(console, "log"), vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
		const { code, publicMessage } = await failure(() => registerApp(ORIGIN));
		expect(code).toBe("unavailable");
		expect(publicMessage).toContain(told);
		expect(publicMessage).not.toMatch(/no such key|bad cron|html|signkey/);
		for (const spy of printed) {
			expect(spy).not.toHaveBeenCalled();
			spy.mockRestore();
		}
	},
);

test("a server that is not there is a failure", async () => {
	server.close();
	server.closeAllConnections();
	expect((await failure(() => registerApp(ORIGIN))).publicMessage).toContain("does not answer");
});
