import { describe, expect, it } from "vitest";
import { asRoute } from "@/lib/receive/as-route";

const never = () => {
	throw new Error("nothing is to be done later");
};
const ask = (init: RequestInit) => new Request("http://localhost/v1/metrics", init);

describe("asRoute()", () => {
	const route = asRoute("/v1/metrics", never);

	it("answers as a web Response", async () => {
		const body = new Uint8Array([1, 2, 3]);
		const headers = { "Content-Type": "application/x-protobuf" };
		const response = await route.POST(ask({ method: "POST", body, headers }));
		expect(response.status).toBe(200);
		expect(response.headers.get("content-type")).toBe("application/x-protobuf");
		expect((await response.arrayBuffer()).byteLength).toBe(0);
	});

	it("has no body where there must be none", async () => {
		const options = await route.OPTIONS(ask({ method: "OPTIONS" }));
		expect([options.status, options.body]).toEqual([204, null]);
		const head = await route.HEAD(ask({ method: "HEAD" }));
		expect([head.status, head.body, head.headers.get("allow")]).toEqual([405, null, "OPTIONS, POST"]);
	});

	it("tells the methods of the whole path, other handlers' among them", async () => {
		const response = await asRoute("/api/v1/traces", never).OPTIONS(ask({ method: "OPTIONS" }));
		expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
	});
});
