import { RecordRejected } from "@/lib/otlp/decoded";
import { unixNano } from "@/lib/otlp/span-fields";

/** An object of a JSON body. Its members stand under their lowerCamelCase names or, from hand-made clients, in snake_case. */
export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nanoseconds from text or a number; null when missing or unreadable. */
export function nanos(value: unknown): bigint | null {
	if (typeof value === "string" && /^\d{1,20}$/.test(value)) return unixNano(BigInt(value));
	if (typeof value === "number" && Number.isInteger(value)) return unixNano(BigInt(value));
	return null;
}

/** A uint32; 0 when missing or unreadable. */
export function count(value: unknown): number {
	if (value === undefined || value === null || typeof value === "object") return 0;
	const number = Number(value);
	return Number.isInteger(number) && number >= 0 && number <= 0xffffffff ? number : 0;
}

/** Well-formed text; empty when missing or a structure. */
export function text(value: unknown): string {
	if (typeof value === "string") return value.toWellFormed();
	return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}

/** The text of an id; a structure becomes text that is none. */
export function idText(value: unknown): string {
	if (typeof value === "string") return value;
	return value === undefined || value === null ? "" : typeof value === "object" ? "{}" : String(value);
}

/** A list of objects inside a span or log record, which is rejected when it is something else; `name` is told. */
export function objectList(value: unknown, name: string): Json[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value) || !value.every(isObject)) throw new RecordRejected(`${name} must be a list of objects`);
	return value;
}
