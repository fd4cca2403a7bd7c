import * as http from "node:http";
import * as https from "node:https";
import type { LookupFunction } from "node:net";
import { pipeline, Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { CheckedAddress } from "@/lib/http/outbound-guard";

const REPLY_BYTES_MAX = 32 * 1024 * 1024;
const WITHOUT_BODY = new Set([204, 205, 304]);
const DECODERS: Record<string, () => Transform> = {
	gzip: createGunzip,
	"x-gzip": createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
};

/**
 * Sends a request over a new connection to one of the given addresses and to nothing else; name, certificate and Host
 * header stay those of the URL. Redirects come back as they are. Rejects with the system's error (`code`) when there is no
 * answer; a body beyond 32 MiB, unpacked, breaks off. Bounded in time by the signal only.
 */
export async function requestAt(
	request: Request,
	addresses: readonly CheckedAddress[],
	signal: AbortSignal | undefined,
): Promise<Response> {
	const url = new URL(request.url);
	const body = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
	signal?.throwIfAborted();
	const headers = { "accept-encoding": "identity", ...Object.fromEntries(request.headers) };
	const { request: open } = url.protocol === "https:" ? https : http;
	return new Promise((resolve, reject) => {
		// `agent: false`: a kept connection was checked for an earlier call, and may be gone when it is needed.
		const options = { method: request.method, headers, agent: false as const, lookup: lookupOf(addresses), signal };
		const outgoing = open(url, options, (incoming) => {
			try {
				resolve(responseOf(incoming));
			} catch (error) {
				incoming.destroy();
				reject(error);
			}
		});
		outgoing.once("error", reject);
		outgoing.end(body);
	});
}

function lookupOf(addresses: readonly CheckedAddress[]): LookupFunction {
	return (_host, { all, family }, callback) => {
		const wanted = addresses.filter((known) => !family || known.family === Number(family));
		const [first] = wanted;
		if (!first) callback(new Error("no address of that family"), []);
		else if (all) callback(null, wanted);
		else callback(null, first.address, first.family);
	};
}

function responseOf(incoming: http.IncomingMessage): Response {
	const status = incoming.statusCode ?? 0;
	const headers = new Headers();
	for (const [name, values] of Object.entries(incoming.headersDistinct)) {
		for (const value of values ?? []) headers.append(name, value);
	}
	if (WITHOUT_BODY.has(status)) {
		incoming.resume();
		return new Response(null, { status, headers });
	}
	const decoder = DECODERS[headers.get("content-encoding")?.trim().toLowerCase() ?? ""];
	if (decoder) for (const name of ["content-encoding", "content-length"]) headers.delete(name);
	const stages = [incoming, ...(decoder ? [decoder()] : []), bounded()];
	// Errors reach the reader of the last stage.
	const body = pipeline(stages, () => undefined) as unknown as Readable;
	return new Response(Readable.toWeb(body) as BodyInit, { status, headers });
}

function bounded(): Transform {
	let bytes = 0;
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			bytes += chunk.length;
			if (bytes > REPLY_BYTES_MAX) done(Object.assign(new Error("the reply is too large"), { code: "EMSGSIZE" }));
			else done(null, chunk);
		},
	});
}
