import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/errors";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import type { Decoded } from "@/lib/otlp/decoded";
import { EVERY_FIELD } from "@/tests/fixtures/every-field";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { otlpRequest, otlpSpan } from "@/tests/support/otlp-request";
import { seededRandom } from "@/tests/support/seeded-random";

const SECRET = "my-private-prompt";
const MUTATIONS = 3000;

const attributes = [{ key: "input", value: { stringValue: SECRET } }];
const PRIVATE = otlpRequest([otlpSpan({ name: SECRET, traceState: SECRET, attributes, status: { message: SECRET } })], {
	[SECRET]: SECRET,
});

/** Fails unless `decode` succeeds or throws `invalid_input` with a message that quotes nothing of the body. */
function survives(decode: () => Decoded): void {
	try {
		const { rejections, warnings } = decode();
		for (const text of [...warnings, ...rejections.map(({ reason }) => reason)]) expect(text).not.toContain(SECRET);
	} catch (error) {
		if (!isAppError(error) || error.code !== "invalid_input") throw error;
		expect(error.message).not.toContain(SECRET);
	}
}

function mutate(body: Buffer, random: () => number): Buffer {
	const copy = Buffer.from(body);
	const changes = 1 + Math.floor(random() * 4);
	for (let change = 0; change < changes; change++) {
		copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
	}
	const from = Math.floor(random() * copy.length);
	return random() < 0.3 ? Buffer.concat([copy.subarray(0, from), copy.subarray(from + 1 + random() * 8)]) : copy;
}

describe("decodeProtobuf()", () => {
	it("survives a body cut at every byte", () => {
		for (const body of [encodeOtlp(EVERY_FIELD), encodeOtlp(PRIVATE)]) {
			for (let end = 0; end < body.length; end++) survives(() => decodeProtobuf(body.subarray(0, end)));
		}
	}, 60_000);

	it("survives real bodies with bytes changed or missing", () => {
		const random = seededRandom(20261122);
		for (const body of [encodeOtlp(EVERY_FIELD), encodeOtlp(PRIVATE)]) {
			for (let round = 0; round < MUTATIONS; round++) survives(() => decodeProtobuf(mutate(body, random)));
		}
	}, 60_000);

	it("survives every byte of a body replaced by many others", () => {
		for (const body of [encodeOtlp(PRIVATE), encodeOtlp(otlpRequest([otlpSpan({ links: [{}], events: [{}] })]))]) {
			for (let at = 0; at < body.length; at++) {
				const byte = body[at] ?? 0;
				for (const other of [0, 0xff, 0x80, 0x7f, byte + 1, byte - 1, byte ^ 1, byte ^ 7, byte ^ 0x80]) {
					const copy = Buffer.from(body);
					copy[at] = other;
					survives(() => decodeProtobuf(copy));
				}
			}
		}
	}, 60_000);

	it("survives random bytes", () => {
		const random = seededRandom(7);
		for (let round = 0; round < MUTATIONS; round++) {
			const body = Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)));
			survives(() => decodeProtobuf(body));
		}
	});
});

describe("decodeJson()", () => {
	it("survives a body cut at every character", () => {
		const body = JSON.stringify(PRIVATE);
		for (let end = 0; end < body.length; end++) survives(() => decodeJson(body.slice(0, end)));
	});

	it("survives real bodies with characters changed or missing", () => {
		const random = seededRandom(42);
		const body = Buffer.from(JSON.stringify(PRIVATE));
		for (let round = 0; round < MUTATIONS; round++) survives(() => decodeJson(mutate(body, random).toString("utf8")));
	}, 60_000);

	it("survives every value of a real body replaced by one of another type", () => {
		const strange: unknown[] = [null, true, -1, 1e300, "", SECRET, [], {}, [null], { toString: null, valueOf: null }];
		const body = JSON.stringify(EVERY_FIELD);
		const places = countValues(JSON.parse(body));
		for (let place = 0; place < places; place++) {
			for (const substitute of strange) {
				survives(() => decodeJson(JSON.stringify(replaceValue(JSON.parse(body), place, substitute))));
			}
		}
	}, 60_000);
});

function countValues(value: unknown): number {
	return typeof value === "object" && value !== null
		? Object.values(value).reduce<number>((sum, inner) => sum + 1 + countValues(inner), 0)
		: 0;
}

/** Replaces the value at `place` in depth-first order. */
function replaceValue(root: unknown, place: number, substitute: unknown): unknown {
	let index = 0;
	const visit = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		const container = value as Record<string, unknown>;
		for (const key of Object.keys(container)) {
			if (index++ === place) {
				container[key] = substitute;
				return;
			}
			visit(container[key]);
		}
	};
	visit(root);
	return root;
}
