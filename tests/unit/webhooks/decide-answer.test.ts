import { describe, expect, it } from "vitest";
import { decideAnswer } from "@/lib/webhooks/decide-answer";

describe("decideAnswer()", () => {
	it.each([
		["taken", [200, 201, 202, 204, 299]],
		["refused", [400, 401, 403, 404, 409, 410, 413, 422, 451, 499]],
		["later", [408, 425, 429, 500, 502, 503, 504, 301, 302, 307, 308, 199, 600]],
	])("%s", (verdict, statuses) => {
		for (const status of statuses) expect([status, decideAnswer(status)]).toEqual([status, verdict]);
	});
});
