import { createHash, randomBytes } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TRACE_ID = /^[0-9a-f]{32}$/i;

export function isUuid(text: string): boolean {
	return UUID.test(text);
}

function dashed(hex: string): string {
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The UUID of a trace is its 128-bit OTLP id written with dashes, so either form finds the trace without a lookup. */
export function traceUuid(traceId: string): string {
	return dashed(traceId);
}

/** 32 lower-case hex digits of a trace id given as hex or as UUID; null when it is neither. */
export function parseTraceId(text: string): string | null {
	const hex = isUuid(text) ? text.replaceAll("-", "") : text;
	return TRACE_ID.test(hex) ? hex.toLowerCase() : null;
}

/** Stable UUID (version 8, RFC 9562) of a span: span ids are unique only inside their trace. */
export function spanUuid(projectId: string, traceId: string, spanId: string): string {
	const hex = createHash("sha256").update(`${projectId}\n${traceId}\n${spanId}`).digest("hex").slice(0, 32);
	return dashed(`${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`);
}

/** Random lower-case hex of `bytes` bytes. */
export function randomHex(bytes: number): string {
	return randomBytes(bytes).toString("hex");
}
