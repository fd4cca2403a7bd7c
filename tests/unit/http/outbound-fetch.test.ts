import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outboundFetch } from "@/lib/http/outbound-fetch";
import { failure } from "@/tests/support/failure";

let server: Server;
let url: string;
const paths: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		paths.push(request.url ?? "");
		response.writeHead(request.url === "/from" ? 307 : 200, { Location: "/to" }).end("body");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("outboundFetch()", () => {
	it("fetches over http", async () => {
		expect(await (await outboundFetch(`${url}/ok`)).text()).toBe("body");
	});

	it("does not follow redirects, even when asked to", async () => {
		paths.length = 0;
		const headers = { Authorization: "Bearer secret" };
		for (const call of [
			outboundFetch(`${url}/from`, { headers, redirect: "follow" }),
			outboundFetch(new URL(`${url}/from`)),
			outboundFetch(new Request(`${url}/from`, { redirect: "follow" })),
		]) {
			expect((await call).status).toBe(307);
		}
		expect(paths).toEqual(["/from", "/from", "/from"]);
	});

	it("refuses every other scheme", async () => {
		for (const target of ["file:///etc/passwd", "data:text/plain,hello", "blob:nothing", "ftp://host/file"]) {
			expect(await failure(() => outboundFetch(target))).toMatchObject({ code: "invalid_input" });
		}
	});
});
