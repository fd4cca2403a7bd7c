import { isDeepStrictEqual } from "node:util";
import { encode, type FuzzCase } from "@/tests/fuzz/fuzz-case";
import type { OtlpRequest } from "@/tests/support/otlp-request";
import { call, mustCall } from "@/tests/support/rest-client";

type CanonicalSpan = Record<string, unknown>;

/** What is wrong with reading the accepted spans of a case again; none when all are there. */
export async function readBack(url: string, { stored, request }: FuzzCase): Promise<string[]> {
	const faults: string[] = [];
	// Of a changed request nobody knows which spans it still holds: whatever they are, reading them must not fail.
	const exact = request !== null;
	for (const [traceId, spanIds] of stored) {
		const { status, body } = await call<CanonicalSpan[]>(url, `/api/v1/traces/${traceId}/spans`);
		if (status !== 200 && (status !== 404 || (exact && spanIds.length > 0))) {
			faults.push(`its trace ${traceId} is read with status ${status}`);
		} else if (exact && status === 200) {
			const found = new Set(body.map((span) => span.span_id));
			const missing = spanIds.filter((spanId) => !found.has(spanId));
			if (missing.length > 0) faults.push(`acknowledged spans ${missing.join(", ")} of ${traceId} cannot be read`);
		}
	}
	return faults;
}

/** Sends a case's valid request in both encodings, under trace ids of their own, and says what the two are not equal in. */
export async function compareEncodings(url: string, { request, stored, index }: FuzzCase): Promise<string[]> {
	if (!request || "resourceLogs" in request) return [];
	const read = [];
	for (const [encoding, type] of [
		["json", "application/json"],
		["protobuf", "application/x-protobuf"],
	] as const) {
		const salt = `${encoding === "json" ? "aa" : "bb"}${index.toString(16).padStart(6, "0")}`;
		const fresh = (traceId: string) => `${salt}${traceId.slice(8)}`;
		let text = JSON.stringify(request);
		for (const traceId of stored.keys()) text = text.replaceAll(traceId, fresh(traceId));
		const body = encode(JSON.parse(text) as OtlpRequest, encoding);
		await mustCall(url, "/v1/traces", { method: "POST", body: body as BodyInit, headers: { "Content-Type": type } });
		const spans: CanonicalSpan[] = [];
		for (const [traceId, spanIds] of stored) {
			if (spanIds.length === 0) continue;
			const found = await mustCall<CanonicalSpan[]>(url, `/api/v1/traces/${fresh(traceId)}/spans`);
			spans.push(...(JSON.parse(JSON.stringify(found).replaceAll(fresh(traceId), traceId)) as CanonicalSpan[]));
		}
		read.push(spans);
	}
	const [json = [], protobuf = []] = read;
	if (json.length !== protobuf.length) return [`${json.length} spans in JSON, ${protobuf.length} in protobuf`];
	return json.flatMap((span, at) =>
		Object.keys(span)
			.filter((field) => !isDeepStrictEqual(span[field], protobuf[at]?.[field]))
			.map((field) => `${field} of span ${span.span_id} differs between the encodings`),
	);
}
