import { invalidInput } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import { type Decoded, SpanRejected, VALUE_DEPTH_MAX } from "@/lib/otlp/decoded";
import { optionalId, requiredId, requiredName, spanKindName, statusCodeName, unixNano } from "@/lib/otlp/span-fields";
import type { AnyValue, Attributes, KeyValue } from "@/lib/span/any-value";
import type { ReportedSpan, Resource, Scope, SpanEvent, SpanLink } from "@/lib/span/span";

type Json = Record<string, unknown>;

/**
 * OTLP/JSON ExportTraceServiceRequest -> spans. Ids are hex, 64-bit integers text or numbers, names lowerCamelCase (snake_case
 * is accepted), unknown fields ignored. A malformed span is rejected alone; a container of the wrong shape is `invalid_input`
 * naming its path. Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function decodeJson(text: string): Decoded {
	const decoded: Decoded = { spans: [], rejections: [] };
	const body = object(parseJson(text), "body");
	for (const [resourceSpans, path] of objects(body, "resourceSpans", "")) {
		const resource = readResource(resourceSpans, path);
		for (const [scopeSpans, scopePath] of objects(resourceSpans, "scopeSpans", path)) {
			const scope = readScope(scopeSpans, scopePath);
			list(scopeSpans, "spans", scopePath).forEach((span, index) => {
				const spanPath = `${scopePath}.spans[${index}]`;
				try {
					decoded.spans.push(readSpan(span, resource, scope));
				} catch (error) {
					if (!(error instanceof SpanRejected)) throw error;
					decoded.rejections.push({ path: spanPath, reason: error.message });
				}
			});
		}
	}
	return decoded;
}

function readSpan(value: unknown, resource: Resource, scope: Scope): ReportedSpan {
	if (!isObject(value)) throw new SpanRejected("must be an object");
	const status = field(value, "status");
	return {
		traceId: requiredId(idText(value, "traceId"), 16, "traceId"),
		spanId: requiredId(idText(value, "spanId"), 8, "spanId"),
		parentSpanId: optionalId(idText(value, "parentSpanId"), 8, "parentSpanId"),
		traceState: text(value, "traceState"),
		flags: count(value, "flags"),
		name: requiredName(text(value, "name")),
		otelKind: spanKindName(field(value, "kind")),
		startTimeUnixNano: nanos(value, "startTimeUnixNano"),
		endTimeUnixNano: nanos(value, "endTimeUnixNano"),
		statusCode: isObject(status) ? statusCodeName(field(status, "code")) : null,
		statusMessage: isObject(status) ? text(status, "message") : "",
		attributes: attributes(value, "attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
		events: spanList(value, "events").map(readEvent),
		droppedEventsCount: count(value, "droppedEventsCount"),
		links: spanList(value, "links").map(readLink),
		droppedLinksCount: count(value, "droppedLinksCount"),
		resource,
		scope,
	};
}

function readEvent(value: Json): SpanEvent {
	return {
		timeUnixNano: nanos(value, "timeUnixNano"),
		name: text(value, "name"),
		attributes: attributes(value, "event attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
	};
}

function readLink(value: Json): SpanLink {
	return {
		traceId: optionalId(idText(value, "traceId"), 16, "link traceId") ?? "",
		spanId: optionalId(idText(value, "spanId"), 8, "link spanId") ?? "",
		traceState: text(value, "traceState"),
		flags: count(value, "flags"),
		attributes: attributes(value, "link attributes"),
		droppedAttributesCount: count(value, "droppedAttributesCount"),
	};
}

function readResource(resourceSpans: Json, path: string): Resource {
	const resource = optionalObject(resourceSpans, "resource", path);
	return {
		attributes: containerAttributes(resource, `${path}.resource`),
		droppedAttributesCount: count(resource, "droppedAttributesCount"),
		schemaUrl: text(resourceSpans, "schemaUrl"),
	};
}

function readScope(scopeSpans: Json, path: string): Scope {
	const scope = optionalObject(scopeSpans, "scope", path);
	return {
		name: text(scope, "name"),
		version: text(scope, "version"),
		attributes: containerAttributes(scope, `${path}.scope`),
		droppedAttributesCount: count(scope, "droppedAttributesCount"),
		schemaUrl: text(scopeSpans, "schemaUrl"),
	};
}

function containerAttributes(container: Json, path: string): Attributes {
	try {
		return attributes(container, "attributes");
	} catch (error) {
		if (error instanceof SpanRejected) throw invalidInput(`Malformed request body: ${path}.${error.message}`);
		throw error;
	}
}

function attributes(container: Json, what: string): Attributes {
	const pairs = field(container, "attributes");
	if (pairs === undefined || pairs === null) return new Map();
	if (!Array.isArray(pairs)) throw new SpanRejected(`${what} must be a list`);
	const read: Attributes = new Map();
	pairs.forEach((pair, index) => {
		if (!isObject(pair) || typeof pair.key !== "string") throw new SpanRejected(`${what}[${index}] must have a key`);
		const key = pair.key.toWellFormed();
		read.delete(key);
		read.set(
			key,
			anyValue(pair.value, 0, () => `${what}[${index}].value`),
		);
	});
	return read;
}

function anyValue(value: unknown, depth: number, path: () => string): AnyValue {
	if (value === undefined || value === null) return {};
	if (!isObject(value)) throw new SpanRejected(`${path()} must be an object such as {"stringValue": "..."}`);
	if (depth > VALUE_DEPTH_MAX) throw new SpanRejected(`${path()} is nested deeper than ${VALUE_DEPTH_MAX}`);
	const stringValue = field(value, "stringValue");
	if (stringValue !== undefined)
		return { stringValue: scalarText(stringValue, () => `${path()}.stringValue`).toWellFormed() };
	const boolValue = field(value, "boolValue");
	if (boolValue !== undefined) return { boolValue: boolValue === true || boolValue === "true" };
	const intValue = field(value, "intValue");
	if (intValue !== undefined) return { intValue: int64(intValue, path) };
	const doubleValue = field(value, "doubleValue");
	if (doubleValue !== undefined) return { doubleValue: double(doubleValue, path) };
	const bytesValue = field(value, "bytesValue");
	if (bytesValue !== undefined) {
		const base64 = scalarText(bytesValue, () => `${path()}.bytesValue`);
		return { bytesValue: Buffer.from(base64, "base64").toString("base64") };
	}
	const arrayValue = field(value, "arrayValue");
	if (arrayValue !== undefined) {
		const values = isObject(arrayValue) ? (field(arrayValue, "values") ?? []) : arrayValue;
		if (!Array.isArray(values)) throw new SpanRejected(`${path()}.arrayValue.values must be a list`);
		return { arrayValue: { values: values.map((item, i) => anyValue(item, depth + 1, () => `${path()}[${i}]`)) } };
	}
	const kvlistValue = field(value, "kvlistValue");
	if (kvlistValue !== undefined) {
		const pairs = isObject(kvlistValue) ? (field(kvlistValue, "values") ?? []) : kvlistValue;
		if (!Array.isArray(pairs)) throw new SpanRejected(`${path()}.kvlistValue.values must be a list`);
		return { kvlistValue: { values: pairs.map((pair, i) => keyValue(pair, depth + 1, () => `${path()}{${i}}`)) } };
	}
	return {};
}

function keyValue(pair: unknown, depth: number, path: () => string): KeyValue {
	if (!isObject(pair) || typeof pair.key !== "string") throw new SpanRejected(`${path()} must have a key`);
	return { key: pair.key.toWellFormed(), value: anyValue(pair.value, depth, path) };
}

// String() of a structure runs what it holds as methods, or out of stack.
function scalarText(value: unknown, path: () => string): string {
	if (typeof value === "object") throw new SpanRejected(`${path()} must be text`);
	return String(value);
}

function int64(value: unknown, path: () => string): string {
	if (typeof value === "number" && Number.isInteger(value)) return BigInt(value).toString();
	if (typeof value === "string" && /^[+-]?\d{1,19}$/.test(value.trim())) {
		const number = BigInt(value.trim().replace(/^\+/, ""));
		if (BigInt.asIntN(64, number) === number) return number.toString();
	}
	throw new SpanRejected(`${path()}.intValue is not a 64-bit integer`);
}

function double(value: unknown, path: () => string): number | "NaN" | "Infinity" | "-Infinity" {
	if (value === "NaN" || value === "Infinity" || value === "-Infinity") return value;
	const number =
		typeof value === "number" ? value : typeof value === "string" && value.trim() ? Number(value) : Number.NaN;
	if (!Number.isFinite(number)) throw new SpanRejected(`${path()}.doubleValue is not a number`);
	return number;
}

function nanos(container: Json, key: string): bigint | null {
	const value = field(container, key);
	if (typeof value === "number" && Number.isInteger(value)) return unixNano(BigInt(value));
	if (typeof value === "string" && /^\d{1,20}$/.test(value)) return unixNano(BigInt(value));
	return null;
}

function count(container: Json, key: string): number {
	const value = field(container, key);
	const number = typeof value === "object" ? 0 : Number(value ?? 0);
	return Number.isInteger(number) && number >= 0 && number <= 0xffffffff ? number : 0;
}

function text(container: Json, key: string): string {
	const value = field(container, key);
	if (value === undefined || value === null) return "";
	return (typeof value === "string" ? value : typeof value === "object" ? "" : String(value)).toWellFormed();
}

function idText(container: Json, key: string): string {
	const value = field(container, key);
	return typeof value === "object" ? "{}" : String(value ?? "");
}

function spanList(span: Json, key: string): Json[] {
	const value = field(span, key);
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value) || !value.every(isObject)) throw new SpanRejected(`${key} must be a list of objects`);
	return value;
}

function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member under either spelling; null, which JSON mappings write for absent ones, is undefined. */
function field(container: Json, camel: string): unknown {
	const value = container[camel] ?? container[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
	return value ?? undefined;
}

function object(value: unknown, path: string): Json {
	if (!isObject(value)) throw invalidInput(`Malformed request body: ${path} must be an object`);
	return value;
}

function optionalObject(container: Json, key: string, path: string): Json {
	const value = field(container, key);
	return value === undefined || value === null ? {} : object(value, `${path}.${key}`);
}

function list(container: Json, key: string, path: string): unknown[] {
	const value = field(container, key);
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value))
		throw invalidInput(`Malformed request body: ${path ? `${path}.` : ""}${key} must be a list`);
	return value;
}

function objects(container: Json, key: string, path: string): [Json, string][] {
	return list(container, key, path).map((value, index) => {
		const itemPath = `${path ? `${path}.` : ""}${key}[${index}]`;
		return [object(value, itemPath), itemPath];
	});
}
