import { describe, expect, it } from "vitest";
import { readRetryAfter } from "@/lib/llm/retry-after";

const NOW = Date.parse("2026-11-22T12:00:00Z");

describe("readRetryAfter()", () => {
	it.each<[string, Record<string, string>, number | undefined]>([
		["nothing", {}, undefined],
		["seconds", { "retry-after": "20" }, 20_000],
		["no seconds at all", { "retry-after": "0" }, 0],
		["a fraction", { "retry-after": "0.25" }, 250],
		["a fraction without zero", { "retry-after": ".5" }, 500],
		["blanks around", { "retry-after": " 3 " }, 3000],
		["an HTTP date", { "retry-after": "Sun, 22 Nov 2026 12:01:30 GMT" }, 90_000],
		["a date of RFC 850", { "retry-after": "Sunday, 22-Nov-26 12:00:05 GMT" }, 5000],
		["an ISO date", { "retry-after": "2026-11-22T12:00:01.5Z" }, 1500],
		["a date that has passed", { "retry-after": "Sun, 22 Nov 2026 11:59:00 GMT" }, 0],
		["milliseconds", { "retry-after-ms": "1234.5" }, 1234.5],
		["milliseconds before seconds", { "retry-after-ms": "500", "retry-after": "1" }, 500],
		["seconds when milliseconds are unreadable", { "retry-after-ms": "soon", "retry-after": "1" }, 1000],
		["words", { "retry-after": "soon" }, undefined],
		["a negative number", { "retry-after": "-5" }, undefined],
		["hex", { "retry-after": "0x10" }, undefined],
		["infinity", { "retry-after": "Infinity" }, undefined],
		["a version", { "retry-after": "1.2.3" }, undefined],
		["when requests are reset", { "x-ratelimit-reset-requests": "1s" }, 1000],
		["minutes and seconds", { "x-ratelimit-reset-requests": "6m0s" }, 360_000],
		["milliseconds as a unit", { "x-ratelimit-reset-tokens": "20ms" }, 20],
		["all units", { "x-ratelimit-reset-tokens": "1d2h3m4.5s6ms" }, 93_784_506],
		["seconds without a unit", { "x-ratelimit-reset-tokens": "7.66" }, 7660],
		["an unreadable duration", { "x-ratelimit-reset-requests": "1 moment" }, undefined],
		["the later of both", { "x-ratelimit-reset-requests": "1s", "x-ratelimit-reset-tokens": "6s" }, 6000],
		[
			"the limit that is used up",
			{
				"x-ratelimit-reset-requests": "1s",
				"x-ratelimit-remaining-requests": "0",
				"x-ratelimit-reset-tokens": "6s",
				"x-ratelimit-remaining-tokens": "100",
			},
			1000,
		],
		["what is said before what can be concluded", { "retry-after": "2", "x-ratelimit-reset-requests": "9s" }, 2000],
		["a general reset in seconds", { "x-ratelimit-reset": "30" }, 30_000],
		["the standard's name of it", { "ratelimit-reset": "30" }, 30_000],
		["a general reset as a moment in seconds", { "x-ratelimit-reset": String(NOW / 1000 + 5) }, 5000],
		["a general reset as a moment in milliseconds", { "x-ratelimit-reset": String(NOW + 5) }, 5],
		["a moment that has passed", { "x-ratelimit-reset": String(NOW - 5) }, 0],
	])("reads %s", (_, headers, expected) => {
		expect(readRetryAfter(new Headers(headers), 429, NOW)).toBe(expected);
	});

	it("takes the state of limits for a wait in a 429 only", () => {
		const headers = new Headers({ "x-ratelimit-reset-requests": "1s", "x-ratelimit-reset": "30" });
		for (const status of [200, 500, 503]) expect(readRetryAfter(headers, status, NOW)).toBeUndefined();
	});
});
