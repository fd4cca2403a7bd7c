import { describe, expect, it } from "vitest";
import { corsHeaders, preflightHeaders } from "@/lib/receive/cors";

const APP = "https://app.example.com";
const from = (origin?: string, headers: Record<string, string> = {}) => ({
	headers: new Headers(origin === undefined ? headers : { Origin: origin, ...headers }),
});
const granted = (headers: Readonly<Record<string, string>>) => headers["Access-Control-Allow-Origin"];

describe("corsHeaders()", () => {
	it("is empty without the setting, whoever asks", () => {
		for (const call of [from(), from(APP)]) expect(corsHeaders(call, undefined)).toEqual({});
	});

	it.each([
		["a listed origin", APP, [APP, "http://localhost:3000"], APP],
		["another listed one", "http://localhost:3000", [APP, "http://localhost:3000"], "http://localhost:3000"],
		["any origin under *", APP, ["*"], APP],
		["a page without an origin under *", "null", ["*"], "null"],
		["an origin that is not listed", "https://evil.example", [APP], undefined],
		["another port", `${APP}:444`, [APP], undefined],
		["another scheme", "http://app.example.com", [APP], undefined],
		["a longer name", `${APP}.evil.example`, [APP], undefined],
		["a page without an origin", "null", [APP], undefined],
		["no browser", undefined, [APP], undefined],
	])("answers %s", (_, origin, allowed, expected) => {
		const headers = corsHeaders(from(origin), allowed);
		expect(granted(headers)).toBe(expected);
		// Whatever the answer: a cache must not give it to another origin.
		expect(headers.Vary).toBe("Origin");
		expect(headers).not.toHaveProperty("Access-Control-Allow-Credentials");
	});

	it("lets a page read the counters and when to come back", () => {
		const exposed = corsHeaders(from(APP), ["*"])["Access-Control-Expose-Headers"];
		for (const name of ["X-Spanwise-Accepted-Spans", "X-Spanwise-Dropped-Log-Records", "Retry-After"]) {
			expect(exposed?.split(", ")).toContain(name);
		}
	});
});

describe("preflightHeaders()", () => {
	const asking = (names: string) => from(APP, { "Access-Control-Request-Headers": names });
	const allowedHeaders = (names: string) =>
		preflightHeaders(asking(names), [APP])["Access-Control-Allow-Headers"]?.split(", ") ?? [];

	it("allows what exporters send, asked for or not", () => {
		for (const name of ["authorization", "content-type", "content-encoding", "traceparent"]) {
			expect(allowedHeaders("")).toContain(name);
		}
	});

	it("allows our own headers and Langfuse's by name, and none that somebody makes up", () => {
		const allowed = allowedHeaders("X-Spanwise-Project, x-langfuse-sdk-name,cookie,x-spanwise-a\u00e4,x-other");
		expect(allowed).toEqual(expect.arrayContaining(["x-spanwise-project", "x-langfuse-sdk-name"]));
		for (const name of ["cookie", "x-other"]) expect(allowed).not.toContain(name);
		expect(allowedHeaders(Array.from({ length: 5000 }, (_, i) => `x-spanwise-${i}`).join()).length).toBeLessThan(100);
	});

	it("says nothing to an origin that may not send, and nothing at all without the setting", () => {
		expect(preflightHeaders(from("https://evil.example"), [APP])).toEqual({ Vary: "Origin" });
		expect(preflightHeaders(from(APP), undefined)).toEqual({});
	});

	it("says how and how long", () => {
		expect(preflightHeaders(from(APP), [APP])).toMatchObject({
			"Access-Control-Allow-Origin": APP,
			"Access-Control-Allow-Methods": "POST",
			"Access-Control-Max-Age": "7200",
			Vary: "Origin, Access-Control-Request-Headers",
		});
	});
});
