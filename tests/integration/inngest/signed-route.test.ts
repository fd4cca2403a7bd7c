import type { Inngest } from "inngest";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { signRequest } from "@/tests/support/sign-request";

const KEY = `signkey-test-${"ab".repeat(32)}`;
const FORMER = `signkey-test-${"cd".repeat(32)}`;
const FOREIGN = `signkey-test-${"ef".repeat(32)}`;

Object.assign(process.env, {
	INNGEST_EVENT_KEY: "event-key",
	INNGEST_SIGNING_KEY: KEY,
	INNGEST_SIGNING_KEY_FALLBACK: FORMER,
	// Nobody listens there.
	INNGEST_BASE_URL: "http://127.0.0.1:9",
});

const ran = vi.fn();

vi.mock("@/inngest/index", () => ({
	functions: (client: Inngest) => [
		client.createFunction({ id: "probe", retries: 0, triggers: [{ event: "test/probe" }] }, async () => ran()),
	],
}));

const event = { name: "test/probe", data: { z: [1, { b: "ä", a: null }], a: 'quo"ted' }, id: "e1", ts: 1 };
const ctx = { run_id: "r1", attempt: 0, max_attempts: 1, stack: { stack: [], current: 0 }, use_api: false };
const CALL = { version: 2, event, events: [event], steps: {}, ctx };

async function knock(method: "GET" | "POST" | "PUT", body?: object, headers: Record<string, string> = {}) {
	const route = await import("@/app/api/inngest/route");
	const url = "http://127.0.0.1/api/inngest?fnId=spanwise-probe&stepId=step";
	const request = new NextRequest(url, { method, headers, body: body && JSON.stringify(body) });
	return route[method](request, {});
}

const signed = (signature: string) => ({ "x-inngest-signature": signature });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("with an Inngest server configured, the public route", () => {
	beforeEach(() => void ran.mockReset().mockReturnValue("done"));

	test.each([
		["the signing key", KEY],
		["the former key while keys are changed", FORMER],
	])("runs what is signed with %s", async (_, key) => {
		const response = await knock("POST", CALL, signed(signRequest(CALL, key)));
		expect([response.status, await response.json()]).toEqual([200, "done"]);
		expect(ran).toHaveBeenCalledOnce();
	});

	test.each<[string, () => string | undefined]>([
		["unsigned", () => undefined],
		["signed with another key", () => signRequest(CALL, FOREIGN)],
		["signed for another body", () => signRequest({ ...CALL, version: 1 }, KEY)],
		["signed six minutes ago", () => signRequest(CALL, KEY, ago(6))],
		["signed for in six minutes", () => signRequest(CALL, KEY, ago(-6))],
		["signed six minutes ago with the former key", () => signRequest(CALL, FORMER, ago(6))],
		[
			"signed, with another time than was signed",
			() => signRequest(CALL, KEY, ago(1)).replace(/^t=\d+/, `t=${Math.floor(Date.now() / 1000)}`),
		],
		["sent with half a signature", () => "t=1"],
	])("answers 401 to a call that is %s, and runs nothing", async (_, sign) => {
		const signature = sign();
		const response = await knock("POST", CALL, signature === undefined ? {} : signed(signature));
		expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
		expect(ran).not.toHaveBeenCalled();
	});

	test("shows what it serves to nobody who does not sign", async () => {
		expect((await knock("GET")).status).toBe(401);
	});

	test("registers for nobody who does not sign: the Host of a request would say where calls are sent", async () => {
		expect((await knock("PUT", {}, { host: "elsewhere.example" })).status).toBe(401);
		expect(
			(await knock("PUT", { url: "http://127.0.0.1/api/inngest" }, { "x-inngest-sync-kind": "in_band" })).status,
		).toBe(401);
	});
});
