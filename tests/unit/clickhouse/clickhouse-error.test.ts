import { afterEach, describe, expect, it, vi } from "vitest";
import { clickhouseError } from "@/lib/clickhouse/clickhouse-error";
import { AppError } from "@/lib/errors";

const refusal = (type: string) => Object.assign(new Error("row says: my secret prompt"), { type, code: "1" });

const log = vi.spyOn(console, "log").mockImplementation(() => undefined);

afterEach(() => {
	log.mockClear();
});

describe("clickhouseError()", () => {
	it("says unavailable, with a time to come back, for what passes", () => {
		const passing = [refusal("TOO_MANY_PARTS"), refusal("MEMORY_LIMIT_EXCEEDED"), new Error("connect ECONNREFUSED")];
		for (const cause of passing) {
			expect(clickhouseError("list traces", cause)).toMatchObject({
				code: "unavailable",
				retryable: true,
				retryAfterMs: 2000,
				cause,
			});
		}
	});

	it("says internal, not worth repeating, for a statement that is wrong", () => {
		for (const type of ["SYNTAX_ERROR", "UNKNOWN_TABLE", "CANNOT_PARSE_INPUT_ASSERTION_FAILED"]) {
			expect(clickhouseError("list traces", refusal(type))).toMatchObject({ code: "internal", retryable: false });
		}
	});

	it("tells neither callers nor the log what ClickHouse quoted", () => {
		const error = clickhouseError("insert spans", refusal("SYNTAX_ERROR"));
		expect(error.message).not.toContain("secret");
		expect(log.mock.calls.join()).toContain("insert spans");
		expect(log.mock.calls.join()).not.toContain("secret");
	});

	it("passes our own errors on", () => {
		const own = new AppError("not_found", "Trace not found");
		expect(clickhouseError("get trace", own)).toBe(own);
	});
});
