import { RecordRejected } from "@/lib/otlp/decoded";
import { unixNano } from "@/lib/otlp/span-fields";

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member under either spelling; null, which JSON mappings write for absent ones, is undefined. */
export function field(container: Json, camel: string): unknown {
	const value = container[camel] ?? container[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
	return value ?? undefined;
}

/** Nanoseconds from text or a number; null when missing or unreadable. */
export function nanos(container: Json, key: string): bigint | null {
	const value = field(container, key);
	if (typeof value === "number" && Number.isInteger(value)) return unixNano(BigInt(value));
	if (typeof value === "string" && /^\d{1,20}$/.test(value)) return unixNano(BigInt(value));
	return null;
}

/** A uint32; 0 when missing or unreadable. */
export function count(container: Json, key: string): number {
	const value = field(container, key);
	const number = typeof value === "object" ? 0 : Number(value ?? 0);
	return Number.isInteger(number) && number >= 0 && number <= 0xffffffff ? number : 0;
}

/** Well-formed text; empty when missing or a structure. */
export function text(container: Json, key: string): string {
	const value = field(container, key);
	if (value === undefined) return "";
	return (typeof value === "string" ? value : typeof value === "object" ? "" : String(value)).toWellFormed();
}

/** The text of an id; a structure becomes text that is none. */
export function idText(container: Json, key: string): string {
	const value = field(container, key);
	return typeof value === "object" ? "{}" : String(value ?? "");
}

/** A list of objects inside a span or log record, which is rejected when it is something else. */
export function objectList(container: Json, key: string): Json[] {
	const value = field(container, key);
	if (value === undefined) return [];
	if (!Array.isArray(value) || !value.every(isObject)) throw new RecordRejected(`${key} must be a list of objects`);
	return value;
}
