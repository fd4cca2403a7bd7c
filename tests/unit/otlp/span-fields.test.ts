import { describe, expect, it } from "vitest";
import { optionalId, requiredId, spanKindName, statusCodeName, unixNano } from "@/lib/otlp/span-fields";

const TRACE = "0123456789abcdef0123456789abcdef";

describe("requiredId()", () => {
	it("gives lower-case hex for hex in any case, trimmed", () => {
		expect(requiredId(` ${TRACE.toUpperCase()} `, 16, "traceId")).toBe(TRACE);
		expect(requiredId("0123456789ABCDEF", 8, "spanId")).toBe("0123456789abcdef");
	});

	it("reads the base64 of generic protobuf JSON writers, standard and URL-safe", () => {
		const trace = Buffer.from("fbff".repeat(8), "hex");
		expect(requiredId(trace.toString("base64"), 16, "traceId")).toBe("fbff".repeat(8));
		expect(requiredId(trace.toString("base64").replaceAll("+", "-").replaceAll("/", "_"), 16, "traceId")).toBe(
			"fbff".repeat(8),
		);
		expect(requiredId(Buffer.from("0123456789abcdef", "hex").toString("base64"), 8, "spanId")).toBe("0123456789abcdef");
	});

	it("pads a 64-bit trace id with zeros, but no span id", () => {
		expect(requiredId("ABCDEF0123456789", 16, "traceId")).toBe(`${"0".repeat(16)}abcdef0123456789`);
		expect(() => requiredId("abcdef01", 8, "spanId")).toThrow("spanId must be 16 hex digits");
	});

	it("refuses blank, zero, short, long and non-hex ids, naming the field but not the value", () => {
		for (const blank of ["", "  ", "\t"]) expect(() => requiredId(blank, 16, "traceId")).toThrow("traceId is missing");
		for (const zero of ["0".repeat(32), "0".repeat(16), "AAAAAAAAAAAAAAAAAAAAAA=="]) {
			expect(() => requiredId(zero, 16, "traceId")).toThrow("traceId is all zeros");
		}
		for (const bad of ["abc", TRACE.slice(1), `${TRACE}0`, "g".repeat(32), "secret!".padEnd(24, "=")]) {
			expect(() => requiredId(bad, 16, "traceId")).toThrow(/^traceId must be 32 hex digits$/);
		}
	});
});

describe("optionalId()", () => {
	it("reads blank and zero of any length as none", () => {
		for (const none of ["", " ", "0", "0".repeat(16), "AAAAAAAAAAA="]) {
			expect(optionalId(none, 8, "parentSpanId")).toBeNull();
		}
	});

	it("refuses what is neither none nor an id", () => {
		expect(() => optionalId("abc", 8, "parentSpanId")).toThrow("parentSpanId must be 16 hex digits");
	});
});

describe("spanKindName() and statusCodeName()", () => {
	it("read numbers, numbers as text and names with or without prefix alike", () => {
		for (const kind of [3, "3", "SPAN_KIND_CLIENT", "span_kind_client", "CLIENT", "client"]) {
			expect(spanKindName(kind)).toBe("SPAN_KIND_CLIENT");
		}
		for (const code of [2, "2", "STATUS_CODE_ERROR", "ERROR", "error"]) {
			expect(statusCodeName(code)).toBe("STATUS_CODE_ERROR");
		}
		expect([1, 2, 3, 4, 5].map(spanKindName)).toEqual(
			["INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"].map((name) => `SPAN_KIND_${name}`),
		);
		expect(statusCodeName(1)).toBe("STATUS_CODE_OK");
	});

	it("read anything else as unspecified", () => {
		const others = [0, "0", "SPAN_KIND_UNSPECIFIED", "STATUS_CODE_UNSET", -1, 1.5, 99, "99", "", "x", null, undefined];
		for (const other of [...others, {}, [], true, Number.NaN, "constructor", "length"]) {
			expect(spanKindName(other)).toBeNull();
			expect(statusCodeName(other)).toBeNull();
		}
	});
});

describe("unixNano()", () => {
	it("keeps what 64 unsigned bits hold and reads the rest as not given", () => {
		expect(unixNano(1n)).toBe(1n);
		expect(unixNano(2n ** 64n - 1n)).toBe(2n ** 64n - 1n);
		for (const none of [null, 0n, -1n, 2n ** 64n]) expect(unixNano(none)).toBeNull();
	});
});
