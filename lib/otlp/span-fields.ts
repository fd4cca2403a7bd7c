import { RecordRejected } from "@/lib/otlp/decoded";
import type { SpanKindName, StatusCodeName } from "@/lib/span/span";

const KINDS = [
	null,
	"SPAN_KIND_INTERNAL",
	"SPAN_KIND_SERVER",
	"SPAN_KIND_CLIENT",
	"SPAN_KIND_PRODUCER",
	"SPAN_KIND_CONSUMER",
] as const satisfies readonly (SpanKindName | null)[];
const CODES = [null, "STATUS_CODE_OK", "STATUS_CODE_ERROR"] as const satisfies readonly (StatusCodeName | null)[];

const UINT64_MAX = 2n ** 64n - 1n;
const ZEROS = /^0+$/;

/** Enum number, number as text, or name with or without its prefix -> name; anything else is unspecified. */
function enumName<Name extends string>(names: readonly (Name | null)[], prefix: string, value: unknown): Name | null {
	if (typeof value === "number") return names[value] ?? null;
	if (typeof value !== "string") return null;
	if (/^\d+$/.test(value)) return names[Number(value)] ?? null;
	const upper = value.toUpperCase();
	return names.find((name) => name !== null && (name === upper || name === prefix + upper)) ?? null;
}

export const spanKindName = (value: unknown): SpanKindName | null => enumName(KINDS, "SPAN_KIND_", value);
export const statusCodeName = (value: unknown): StatusCodeName | null => enumName(CODES, "STATUS_CODE_", value);

/** Nanoseconds as stored: 0, out of range and unreadable are "not given". */
export function unixNano(value: bigint | null): bigint | null {
	return value !== null && value > 0n && value <= UINT64_MAX ? value : null;
}

/**
 * Required id in lower-case hex: `bytes` bytes as hex, or as the base64 that generic protobuf JSON writers send. A 64-bit
 * trace id (Zipkin, Jaeger) is padded with zeros. Rejects the span otherwise.
 */
export function requiredId(text: string, bytes: 8 | 16, field: string): string {
	const id = text.trim();
	if (id === "") throw new RecordRejected(`${field} is missing`);
	const hex = toHex(id, bytes);
	if (hex === null) throw new RecordRejected(`${field} must be ${bytes * 2} hex digits`);
	if (ZEROS.test(hex)) throw new RecordRejected(`${field} is all zeros`);
	return hex;
}

/** Why a span without both ids is rejected: log records, read as spans, have neither. */
export const IDS_MISSING = "traceId and spanId are missing";

/** The two ids that make a span; see `requiredId`. */
export function spanIds(traceId: string, spanId: string): { traceId: string; spanId: string } {
	if (traceId.trim() === "" && spanId.trim() === "") throw new RecordRejected(IDS_MISSING);
	return { traceId: requiredId(traceId, 16, "traceId"), spanId: requiredId(spanId, 8, "spanId") };
}

/** Optional id: blank and all-zero mean none; an unreadable one rejects its span or log record. */
export function optionalId(text: string, bytes: 8 | 16, field: string): string | null {
	const id = text.trim();
	if (id === "" || ZEROS.test(id)) return null;
	const hex = toHex(id, bytes);
	if (hex === null) throw new RecordRejected(`${field} must be ${bytes * 2} hex digits`);
	return ZEROS.test(hex) ? null : hex;
}

function toHex(id: string, bytes: 8 | 16): string | null {
	if (id.length === bytes * 2 && isLowerHex(id)) return id;
	if (/^[0-9a-fA-F]+$/.test(id)) {
		if (id.length === bytes * 2) return id.toLowerCase();
		if (bytes === 16 && id.length === 16) return id.toLowerCase().padStart(32, "0");
	}
	const base64Length = bytes === 16 ? 24 : 12;
	if (id.length === base64Length && /^[A-Za-z0-9+/_-]+={1,2}$/.test(id)) {
		const decoded = Buffer.from(id, "base64");
		if (decoded.length === bytes) return decoded.toString("hex");
	}
	return null;
}

// Every id of every span comes by here: a loop takes a third of what a regular expression does.
function isLowerHex(text: string): boolean {
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
	}
	return true;
}

/** Required name; blank rejects the span. */
export function requiredName(text: string): string {
	if (text.trim() === "") throw new RecordRejected("name is missing");
	return text;
}
