import { invalidInput } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import { RecordRejected, type Rejection } from "@/lib/otlp/decoded";
import { attributes } from "@/lib/otlp/json-attributes";
import { count, field, isObject, type Json, text } from "@/lib/otlp/json-fields";
import type { Attributes } from "@/lib/span/any-value";
import type { Resource, Scope } from "@/lib/span/span";

/** What a signal calls its three levels. */
interface Levels {
	resources: "resourceSpans" | "resourceLogs";
	scopes: "scopeSpans" | "scopeLogs";
	records: "spans" | "logRecords";
}

const PATHS = { resourceSpans: "/v1/traces", resourceLogs: "/v1/logs", resourceMetrics: "/v1/metrics" };

/**
 * Walks an OTLP/JSON export request of any signal and hands each record to `read`. What `read` rejects is told with its
 * path, the rest goes on; a container of the wrong shape, or the body of another signal, is `invalid_input`.
 * Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function readJsonRequest(
	body: string,
	levels: Levels,
	read: (record: Json, resource: Resource, scope: Scope) => void,
): Rejection[] {
	const rejections: Rejection[] = [];
	// No body at all is a request without records, as it is in protobuf.
	const request = body.trim() === "" ? {} : object(parseJson(body), "body");
	refuseOtherSignal(request, levels);
	for (const [resourceRecords, path] of objects(request, levels.resources, "")) {
		const resource = readResource(resourceRecords, path);
		for (const [scopeRecords, scopePath] of objects(resourceRecords, levels.scopes, path)) {
			const scope = readScope(scopeRecords, scopePath);
			list(scopeRecords, levels.records, scopePath).forEach((record, index) => {
				try {
					if (!isObject(record)) throw new RecordRejected("must be an object");
					read(record, resource, scope);
				} catch (error) {
					if (!(error instanceof RecordRejected)) throw error;
					rejections.push({ path: `${scopePath}.${levels.records}[${index}]`, reason: error.message });
				}
			});
		}
	}
	return rejections;
}

function refuseOtherSignal(request: Json, levels: Levels): void {
	if (field(request, levels.resources) !== undefined) return;
	for (const [resources, path] of Object.entries(PATHS)) {
		if (field(request, resources) !== undefined) {
			throw invalidInput(
				`This endpoint takes ${levels.resources}, and the body holds ${resources}: send it to ${path}`,
			);
		}
	}
}

function readResource(resourceRecords: Json, path: string): Resource {
	const resource = optionalObject(resourceRecords, "resource", path);
	return {
		attributes: containerAttributes(resource, `${path}.resource`),
		droppedAttributesCount: count(resource, "droppedAttributesCount"),
		schemaUrl: text(resourceRecords, "schemaUrl"),
	};
}

function readScope(scopeRecords: Json, path: string): Scope {
	const scope = optionalObject(scopeRecords, "scope", path);
	return {
		name: text(scope, "name"),
		version: text(scope, "version"),
		attributes: containerAttributes(scope, `${path}.scope`),
		droppedAttributesCount: count(scope, "droppedAttributesCount"),
		schemaUrl: text(scopeRecords, "schemaUrl"),
	};
}

// A resource or scope whose attributes cannot be kept would change every record under it: the request is refused.
function containerAttributes(container: Json, path: string): Attributes {
	try {
		return attributes(container, "attributes");
	} catch (error) {
		if (error instanceof RecordRejected) throw invalidInput(`Malformed request body: ${path}.${error.message}`);
		throw error;
	}
}

function object(value: unknown, path: string): Json {
	if (!isObject(value)) throw invalidInput(`Malformed request body: ${path} must be an object`);
	return value;
}

function optionalObject(container: Json, key: string, path: string): Json {
	const value = field(container, key);
	return value === undefined ? {} : object(value, `${path}.${key}`);
}

function list(container: Json, key: string, path: string): unknown[] {
	const value = field(container, key);
	if (value === undefined) return [];
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
