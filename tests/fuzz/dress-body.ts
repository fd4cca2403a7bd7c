import * as zlib from "node:zlib";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { Encoding } from "@/lib/otlp/encoding";
import { type Dice, odds } from "@/tests/fuzz/dice";
import { CANARY } from "@/tests/fuzz/generate-value";

type Headers = Record<string, string>;

/** How a body travels, and which answers that allows. */
export interface Dress {
	headers: Headers;
	body: Buffer;
	/** Sent in pieces, without a Content-Length. */
	chunked: boolean;
	/** Null: what the body itself deserves. */
	statuses: readonly number[] | null;
	/** Which encoding the Content-Type names; null for none of ours. */
	speaks: Encoding | null;
}

const DRESSES = odds({
	type: 3,
	foreignType: 2,
	packed: 4,
	half: 2,
	notPacked: 1,
	foreignCoding: 2,
	trailing: 1,
	empty: 1,
	auth: 1,
});
const PLAIN: Record<Encoding, string> = { json: "application/json", protobuf: "application/x-protobuf" };
const DRESSED: Record<Encoding, readonly string[]> = {
	json: [
		...[
			"application/json; charset=utf-8",
			"Application/JSON",
			'application/json;charset=UTF-8;x="; y"',
			"application/json ;",
		],
		...["application/json; profile=http://example.org/x", "application/json;;;", "application/json; charset"],
	],
	protobuf: [
		...[
			"application/protobuf",
			"APPLICATION/X-PROTOBUF",
			'application/x-protobuf; messageType="opentelemetry.Request"',
		],
		...["application/x-protobuf;", "application/protobuf ; charset=utf-8", "application/x-protobuf; q=0.5; =;"],
	],
};
const FOREIGN = [
	...[
		"text/plain",
		"application/grpc",
		"application/octet-stream",
		"multipart/form-data; boundary=x",
		"json",
		"/",
		";",
	],
	...[
		"application/jsonx",
		"application/x-protobuf-2",
		"*/*",
		"application/xml",
		"__proto__",
		"constructor",
		"toString",
	],
];
const FOREIGN_CODINGS = [
	"br2",
	"gzip, gzip",
	"gzip;q=1",
	"__proto__",
	"constructor",
	"*",
	"compress",
	"gzip gzip",
	",",
];
const AUTHORIZATIONS = [
	"Bearer",
	`Bearer ${CANARY}`,
	"Basic !!!",
	"Basic Og==",
	`Basic ${"A".repeat(2000)}`,
	"Digest x",
	" ",
];

const zstdCompress = "zstdCompressSync" in zlib ? (zlib.zstdCompressSync as (body: Buffer) => Buffer) : null;
const PACKERS: readonly (readonly [coding: string, pack: (body: Buffer) => Buffer])[] = [
	...(["gzip", "GZIP", "x-gzip", " gzip "] as const).map((coding) => [coding, gzipSync] as const),
	["deflate", deflateSync],
	["deflate", deflateRawSync],
	...(["identity", "", "Identity"] as const).map((coding) => [coding, (body: Buffer) => body] as const),
	...(zstdCompress ? [["zstd", zstdCompress] as const] : []),
];

/** The body as any client would send it. */
export function dressPlainly(dice: Dice, body: Buffer, encoding: Encoding): Dress {
	const headers: Headers = { "content-type": PLAIN[encoding] };
	if (encoding === "protobuf" && dice.chance(0.3)) headers.accept = "application/json";
	return { headers, body, chunked: dice.chance(0.05), statuses: null, speaks: encoding };
}

/** The body with odd but right headers, with wrong ones, or packed rightly, wrongly or halfway. */
export function dressOddly(dice: Dice, body: Buffer, encoding: Encoding): Dress {
	const dress = dressPlainly(dice, body, encoding);
	const { headers } = dress;
	switch (dice.draw(DRESSES)) {
		case "type":
			headers["content-type"] = dice.pick(DRESSED[encoding]);
			return dress;
		case "foreignType":
			if (dice.chance(0.2)) delete headers["content-type"];
			else headers["content-type"] = dice.pick(FOREIGN);
			return { ...dress, statuses: [415], speaks: null };
		case "packed": {
			const [coding, pack] = dice.pick(PACKERS);
			headers["content-encoding"] = coding;
			return { ...dress, body: pack(body) };
		}
		case "half": {
			headers["content-encoding"] = dice.pick(["gzip", "deflate"]);
			const packed = headers["content-encoding"] === "gzip" ? gzipSync(body) : deflateSync(body);
			return { ...dress, body: packed.subarray(0, 1 + dice.below(packed.length - 1)), statuses: [400] };
		}
		case "notPacked":
			headers["content-encoding"] = dice.pick(["gzip", "x-gzip"]);
			return { ...dress, statuses: body.length > 0 ? [400] : null };
		case "foreignCoding":
			headers["content-encoding"] = dice.pick(FOREIGN_CODINGS);
			return { ...dress, statuses: [400, 415] };
		case "trailing":
			headers["content-encoding"] = "gzip";
			return {
				...dress,
				body: Buffer.concat([gzipSync(body), Buffer.from(dice.pick(["x", CANARY, "\u001f\u008b", "\0\0\0"]))]),
				statuses: [200, 400],
			};
		case "empty":
			if (dice.chance(0.5)) headers["content-encoding"] = dice.pick(["gzip", "deflate", "identity"]);
			return { ...dress, body: Buffer.alloc(0), statuses: [200] };
		case "auth":
			headers.authorization = dice.pick(AUTHORIZATIONS);
			return dress;
	}
}
