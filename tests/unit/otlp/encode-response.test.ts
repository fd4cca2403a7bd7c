import { Reader } from "protobufjs/minimal";
import { describe, expect, it } from "vitest";
import { encodeExportResponse, encodeStatus } from "@/lib/otlp/encode-response";

describe("encodeExportResponse()", () => {
	it("is empty when nothing was rejected", () => {
		expect(encodeExportResponse(0, "")).toHaveLength(0);
	});

	it("tells how many spans were rejected and why", () => {
		const outer = Reader.create(encodeExportResponse(3, "spans[0]: näme is missing"));
		expect(outer.uint32()).toBe((1 << 3) | 2);
		const inner = Reader.create(outer.bytes());
		expect(inner.uint32()).toBe((1 << 3) | 0);
		expect(Number(inner.int64())).toBe(3);
		expect(inner.uint32()).toBe((2 << 3) | 2);
		expect(inner.string()).toBe("spans[0]: näme is missing");
		expect(inner.pos).toBe(inner.len);
	});
});

describe("encodeStatus()", () => {
	it("writes google.rpc.Status", () => {
		const reader = Reader.create(encodeStatus(14, "try again"));
		expect(reader.uint32()).toBe((1 << 3) | 0);
		expect(reader.int32()).toBe(14);
		expect(reader.uint32()).toBe((2 << 3) | 2);
		expect(reader.string()).toBe("try again");
	});
});
