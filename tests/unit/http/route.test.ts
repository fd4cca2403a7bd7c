import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { AppError, HTTP_STATUS, notFound } from "@/lib/errors";
import { acceptsJson } from "@/lib/http/accepts-json";
import { restError } from "@/lib/http/rest-error";
import { parseBody, route } from "@/lib/http/route";
import { failure } from "@/tests/support/failure";

const Body = z.object({ name: z.string(), nested: z.object({ size: z.number() }), kind: z.enum(["A", "B"]) });

function post(body: string, type = "application/json; charset=utf-8"): Request {
	return new Request("http://localhost/api", { method: "POST", body, headers: { "Content-Type": type } });
}

beforeEach(() => {
	vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

describe("parseBody()", () => {
	it("names every field with its reason and quotes none", async () => {
		const error = await failure(() => parseBody(post('{"nested":{"size":"secret"},"kind":"secret"}'), Body));
		expect(error.code).toBe("invalid_input");
		expect(error.publicMessage).toBe(
			"name: is required; nested.size: expected number, received string; kind: must be one of A, B",
		);
	});

	it("names the body when it is of the wrong kind altogether", async () => {
		expect((await failure(() => parseBody(post("[]"), Body))).publicMessage).toMatch(/^body: /);
	});

	it("takes JSON only", async () => {
		expect((await failure(() => parseBody(post("{}", "text/plain"), Body))).code).toBe("unsupported_media");
		expect((await failure(() => parseBody(post("{"), Body))).publicMessage).toContain("position 1");
	});
});

describe("route()", () => {
	const context = { params: Promise.resolve({}) };

	it("asks who it is before anything else", async () => {
		const handler = vi.fn();
		const refuse = () => Promise.reject(new AppError("unauthenticated", "Invalid or missing API key"));
		const response = await route(refuse, handler)(post("{}"), context);
		expect(response.status).toBe(401);
		expect(handler).not.toHaveBeenCalled();
	});

	it("hands the principal and the parameters on and renders what is thrown", async () => {
		const get = route<string, { id: string }>(
			async () => "me",
			async ({ principal, params }) => {
				if (params.id === "none") throw notFound("Trace");
				return Response.json({ principal, id: params.id });
			},
		);
		const found = await get(post("{}"), { params: Promise.resolve({ id: "7" }) });
		expect(await found.json()).toEqual({ principal: "me", id: "7" });
		const missing = await get(post("{}"), { params: Promise.resolve({ id: "none" }) });
		expect(missing.status).toBe(404);
		expect(await missing.json()).toMatchObject({ error: "Not Found", message: "Trace not found" });
	});
});

describe("restError()", () => {
	it("renders each code with its status", async () => {
		for (const [code, status] of Object.entries(HTTP_STATUS)) {
			const response = restError(new AppError(code as AppError["code"], "told"));
			expect(response.status).toBe(status);
			expect(Object.keys(await response.json())).toEqual(["error", "message", "timestamp"]);
		}
	});

	it("says when to come back where that makes sense, in whole seconds", () => {
		const retryAfter = (details?: object) =>
			restError(new AppError("unavailable", "down", details)).headers.get("Retry-After");
		expect([retryAfter(), retryAfter({ retryAfterMs: 2500 }), retryAfter({ retryAfterMs: 1 })]).toEqual([
			"1",
			"3",
			"1",
		]);
		expect(retryAfter({ retryable: false })).toBeNull();
		expect(restError(notFound("Trace")).headers.get("Retry-After")).toBeNull();
	});

	it("shows and logs nothing of an unforeseen failure but its kind and place", async () => {
		const response = restError(new TypeError("my secret prompt"));
		expect(response.status).toBe(500);
		expect(await response.text()).not.toContain("secret");
		const logged = vi.mocked(console.error).mock.calls.join();
		expect(logged).toContain("TypeError");
		expect(logged).not.toContain("secret");
	});
});

describe("acceptsJson()", () => {
	it("is true only for who names JSON and not protobuf", () => {
		const accepts = (accept?: string) =>
			acceptsJson(new Request("http://localhost", { headers: accept === undefined ? {} : { Accept: accept } }));
		expect([accepts("application/json"), accepts("Application/JSON, */*")]).toEqual([true, true]);
		expect([accepts(), accepts("*/*"), accepts("application/x-protobuf, application/json")]).toEqual([
			false,
			false,
			false,
		]);
	});
});
