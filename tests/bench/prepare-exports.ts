import { createCorpus } from "@/tests/bench/generate-spans";
import type { Encoding, Preparation } from "@/tests/bench/load";
import { type ReusableBody, reusableBody } from "@/tests/bench/reusable-body";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import type { OtlpRequest } from "@/tests/support/otlp-request";

type Exports = Extract<Preparation, { kind: "exports" }>;

const CONTENT_TYPES: Record<Encoding, string> = { json: "application/json", protobuf: "application/x-protobuf" };

/** Export requests of the bench corpus as bytes for the wire, and how many of those are bodies. */
export function prepareExports({ encoding, project, seed, requests, spansEach }: Exports): {
	bodies: ReusableBody[];
	bytes: number;
} {
	const corpus = createCorpus({ seed, project });
	let bytes = 0;
	const bodies = Array.from({ length: requests }, () => {
		const request = corpus.request(spansEach);
		const body = encoding === "json" ? Buffer.from(JSON.stringify(request)) : encodeOtlp(request);
		bytes += body.length;
		const head = [
			"POST /v1/traces HTTP/1.1",
			"Host: 127.0.0.1",
			`Content-Type: ${CONTENT_TYPES[encoding]}`,
			`Content-Length: ${body.length}`,
		];
		const wire = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
		return reusableBody(wire, idsOf(request), encoding === "json" ? "hex" : "bytes");
	});
	return { bodies, bytes };
}

function idsOf(request: OtlpRequest): string[][] {
	const spans = (request.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) =>
		scopeSpans.flatMap((s) => s.spans ?? []),
	);
	return spans.map(({ traceId, spanId, parentSpanId }) =>
		[traceId, spanId, parentSpanId].filter((id) => id !== undefined),
	);
}
