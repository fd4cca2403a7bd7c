import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { openOutboundFetch, outboundFetch } from "@/lib/http/outbound-fetch";
import { outboundPolicy } from "@/lib/http/outbound-guard";
import { sleep } from "@/lib/time";
import { failure } from "@/tests/support/failure";

let server: Server;
let port: number;
let url: string;
interface Seen {
	path: string | undefined;
	host: string | undefined;
	method: string | undefined;
	body: string;
}
let seen: Seen[] = [];

beforeAll(async () => {
	server = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request.setEncoding("utf8")) body += chunk;
		seen.push({ path: request.url, host: request.headers.host, method: request.method, body });
		if (request.url === "/hang") return;
		if (request.url === "/trickle") return response.write("b");
		if (request.url === "/broken") return response.write("b", () => response.destroy());
		if (request.url === "/packed") return response.setHeader("Content-Encoding", "gzip").end(gzipSync("unpacked"));
		if (request.url === "/bomb") {
			return response.setHeader("Content-Encoding", "gzip").end(gzipSync(Buffer.alloc(33 * 1024 * 1024)));
		}
		if (request.url === "/none") return response.writeHead(204).end();
		response.writeHead(request.url === "/from" ? 307 : 200, { Location: "/to", "x-twice": ["a", "b"] }).end("body");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
	url = `http://127.0.0.1:${port}`;
});

beforeEach(() => {
	seen = [];
});

afterAll(() => {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(resolve));
});

/** A server that others can reach, which allows what is listed and resolves names by these answers, one a question. */
function guarded(allow: string | undefined, answers: string[][]) {
	const asked: string[] = [];
	const policy = outboundPolicy(parseEnv({ HOST: "0.0.0.0", SPANWISE_API_KEY: "key", SPANWISE_OUTBOUND_ALLOW: allow }));
	const fetch = openOutboundFetch(
		() => policy,
		async (host) => answers[asked.push(host) - 1] ?? [],
	);
	return { call: fetch, asked };
}

describe("outboundFetch()", () => {
	it("fetches over http, with method, body and headers", async () => {
		const response = await outboundFetch(`${url}/ok`, { method: "POST", body: "sent", headers: { "x-a": "b" } });
		expect([response.status, response.headers.get("x-twice"), await response.text()]).toEqual([200, "a, b", "body"]);
		expect(seen).toEqual([{ path: "/ok", host: `127.0.0.1:${port}`, method: "POST", body: "sent" }]);
		expect(await (await outboundFetch(new Request(`${url}/ok`, { method: "PUT", body: "x" }))).text()).toBe("body");
		expect(seen[1]).toMatchObject({ method: "PUT", body: "x" });
		expect((await outboundFetch(`${url}/none`)).status).toBe(204);
	});

	it("unpacks what a server packs unasked, up to a limit", async () => {
		expect(await (await outboundFetch(`${url}/packed`)).text()).toBe("unpacked");
		await expect((await outboundFetch(`${url}/bomb`)).text()).rejects.toMatchObject({ code: "EMSGSIZE" });
	});

	it("does not follow redirects, even when asked to", async () => {
		const headers = { Authorization: "Bearer secret" };
		for (const call of [
			outboundFetch(`${url}/from`, { headers, redirect: "follow" }),
			outboundFetch(new URL(`${url}/from`)),
			outboundFetch(new Request(`${url}/from`, { redirect: "follow" })),
		]) {
			expect((await call).status).toBe(307);
		}
		expect(seen.map(({ path }) => path)).toEqual(["/from", "/from", "/from"]);
	});

	it("refuses every other scheme", async () => {
		for (const target of ["file:///etc/passwd", "data:text/plain,hello", "blob:nothing", "ftp://host/file"]) {
			expect(await failure(() => outboundFetch(target))).toMatchObject({ code: "invalid_input" });
		}
	});

	it("ends with its signal, while resolving, before headers and before it began", async () => {
		const stuck = openOutboundFetch(
			() => outboundPolicy(parseEnv({})),
			() => new Promise(() => undefined),
		);
		const soon = () => AbortSignal.timeout(50);
		await expect(stuck("http://stuck.example/", { signal: soon() })).rejects.toMatchObject({ name: "TimeoutError" });
		await expect(outboundFetch(`${url}/hang`, { signal: soon() })).rejects.toBeInstanceOf(Error);
		await expect(outboundFetch(`${url}/ok`, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(Error);
		expect(seen.map(({ path }) => path)).toEqual(["/hang"]);
	});

	it("ends with its signal in the middle of the body", async () => {
		const response = await outboundFetch(`${url}/trickle`, { signal: AbortSignal.timeout(100) });
		await expect(response.text()).rejects.toBeInstanceOf(Error);
	});

	it("tells of a body that breaks off, to whoever reads it", async () => {
		await expect((await outboundFetch(`${url}/broken`)).text()).rejects.toHaveProperty("code");
		expect((await outboundFetch(`${url}/broken`)).status).toBe(200);
		await sleep(50);
	});

	it("connects to the address that was checked, under the name of the URL", async () => {
		const { call, asked } = guarded("127.0.0.0/8", [["127.0.0.1"]]);
		expect(await (await call(`http://judge.example:${port}/ok`)).text()).toBe("body");
		expect(seen).toMatchObject([{ host: `judge.example:${port}` }]);
		expect(asked).toEqual(["judge.example"]);
	});

	it("resolves once: an answer that turns private in between is never used", async () => {
		// The first answer is where the server listens; whoever resolved again would get one that nobody may call.
		const { call, asked } = guarded("127.0.0.1", [["127.0.0.1"], ["169.254.169.254"]]);
		const rebound = `http://rebind.example:${port}/ok`;
		expect((await call(rebound)).status).toBe(200);
		expect(asked).toHaveLength(1);
		expect(await failure(() => call(rebound))).toMatchObject({ code: "forbidden" });
		expect(seen).toHaveLength(1);
	});

	it("never reaches a private address behind a name whose first answer is public", async () => {
		const { call, asked } = guarded(undefined, [["192.0.2.1", "93.184.215.14"], ["127.0.0.1"]]);
		expect(await failure(() => call(`http://rebind.example:${port}/ok`))).toMatchObject({ code: "forbidden" });
		expect(await failure(() => call(`http://rebind.example:${port}/ok`))).toMatchObject({ code: "forbidden" });
		expect([asked.length, seen]).toEqual([2, []]);
	});

	it("keeps no connection that a later call could use unchecked", async () => {
		const { call } = guarded("127.0.0.1", [["127.0.0.1"], ["10.0.0.1"]]);
		await (await call(`http://judge.example:${port}/ok`)).text();
		expect(await failure(() => call(`http://judge.example:${port}/ok`))).toMatchObject({ code: "forbidden" });
		expect(seen).toHaveLength(1);
	});

	it("takes the next checked address when the first does not answer", async () => {
		const { call } = guarded("127.0.0.0/8,::1", [["::1", "127.0.0.1"]]);
		expect((await call(`http://judge.example:${port}/ok`)).status).toBe(200);
	});
});
