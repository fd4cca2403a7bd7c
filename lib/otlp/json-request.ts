import { invalidInput } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import { Cuts } from "@/lib/otlp/cuts";
import { RecordRejected, type Rejection } from "@/lib/otlp/decoded";
import { readAttributesOf } from "@/lib/otlp/json-attributes";
import { idText, isObject, type Json, text } from "@/lib/otlp/json-fields";
import { LIMITS } from "@/lib/otlp/limits";
import { refuseTooMany } from "@/lib/otlp/refuse-too-many";
import { sampleOf } from "@/lib/otlp/sample-of";
import type { Resource, Scope } from "@/lib/span/span";

/** What a signal calls its three levels. */
interface Levels {
	resources: "resourceSpans" | "resourceLogs";
	scopes: "scopeSpans" | "scopeLogs";
	records: "spans" | "logRecords";
}

const SNAKE = {
	resourceSpans: "resource_spans",
	resourceLogs: "resource_logs",
	resourceMetrics: "resource_metrics",
	scopeSpans: "scope_spans",
	scopeLogs: "scope_logs",
	spans: "spans",
	logRecords: "log_records",
	resource: "resource",
	scope: "scope",
} as const;

const PATHS = { resourceSpans: "/v1/traces", resourceLogs: "/v1/logs", resourceMetrics: "/v1/metrics" } as const;

/** Keeps a record or throws why it cannot. */
type Read = (record: Json, resource: Resource, scope: Scope, cuts: Cuts) => void;

interface Walk {
	levels: Levels;
	read: Read;
	cuts: Cuts;
	rejections: Rejection[];
}

/**
 * Walks an OTLP/JSON export request of any signal and hands each record to `read`. What `read` rejects is told with its
 * path, the rest goes on; a container of the wrong shape, or the body of another signal, is `invalid_input`.
 * Source: OTLP 1.x, "JSON Protobuf Encoding".
 */
export function readJsonRequest(
	body: string,
	levels: Levels,
	read: Read,
): { rejections: Rejection[]; warnings: string[] } {
	const cuts = new Cuts();
	const walk: Walk = { levels, read, cuts, rejections: [] };
	// No body at all is a request without records, as it is in protobuf.
	const request = body.trim() === "" ? {} : object(parseJson(body), "body");
	refuseOtherSignal(request, levels);
	refuseTooMany(countRecords(request, levels), levels.records);
	list(request, levels.resources, cuts).forEach((value, index) => {
		cuts.place.enter(levels.resources, index);
		readResourceRecords(walk, object(value, cuts.place.text()));
		cuts.place.leave();
	});
	return { rejections: walk.rejections, warnings: cuts.warnings };
}

function refuseOtherSignal(request: Json, levels: Levels): void {
	if (member(request, levels.resources) !== undefined) return;
	for (const resources of ["resourceSpans", "resourceLogs", "resourceMetrics"] as const) {
		if (member(request, resources) !== undefined) {
			throw invalidInput(
				`This endpoint takes ${levels.resources}, and the body holds ${resources}: send it to ${PATHS[resources]}`,
			);
		}
	}
}

/** What has the wrong shape counts nothing; the reading will tell. */
function countRecords(request: Json, levels: Levels): number {
	let records = 0;
	for (const resource of listOrNone(request, levels.resources)) {
		for (const scope of listOrNone(resource, levels.scopes)) records += listOrNone(scope, levels.records).length;
	}
	return records;
}

function listOrNone(container: unknown, name: keyof typeof SNAKE): unknown[] {
	const value = isObject(container) ? member(container, name) : undefined;
	return Array.isArray(value) ? value : [];
}

function readResourceRecords(walk: Walk, resourceRecords: Json): void {
	const { levels, cuts } = walk;
	cuts.part();
	const resource = readResource(resourceRecords, cuts);
	list(resourceRecords, levels.scopes, cuts).forEach((value, index) => {
		cuts.place.enter(levels.scopes, index);
		readScopeRecords(walk, object(value, cuts.place.text()), resource);
		cuts.place.leave();
	});
	resource.schemaUrl = readSchemaUrl(resourceRecords, cuts);
}

function readScopeRecords(walk: Walk, scopeRecords: Json, resource: Resource): void {
	const { levels, cuts } = walk;
	cuts.part();
	const scope = readScope(scopeRecords, cuts);
	list(scopeRecords, levels.records, cuts).forEach((record, index) => {
		cuts.place.enter(levels.records, index);
		readRecord(walk, record, resource, scope);
		cuts.place.leave();
	});
	scope.schemaUrl = readSchemaUrl(scopeRecords, cuts);
}

function readRecord(walk: Walk, record: unknown, resource: Resource, scope: Scope): void {
	const { cuts, rejections } = walk;
	const { place } = cuts;
	const { depth } = place;
	cuts.begin();
	try {
		if (!isObject(record)) throw new RecordRejected("must be an object");
		walk.read(record, resource, scope, cuts);
	} catch (error) {
		if (!(error instanceof RecordRejected)) throw error;
		place.returnTo(depth);
		rejections.push({ path: place.text(), reason: error.message, resource, sample: sample(record) });
	}
}

function sample(record: unknown): string {
	if (!isObject(record)) return "";
	return sampleOf(idText(record.traceId ?? record.trace_id), idText(record.spanId ?? record.span_id));
}

function readResource(resourceRecords: Json, cuts: Cuts): Resource {
	const resource: Resource = { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	const sent = optionalObject(resourceRecords, "resource", cuts);
	cuts.place.enter("resource", -1);
	readContainer(sent, resource, cuts, () => {});
	cuts.place.leave();
	return resource;
}

function readScope(scopeRecords: Json, cuts: Cuts): Scope {
	const scope: Scope = { name: "", version: "", attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	const sent = optionalObject(scopeRecords, "scope", cuts);
	cuts.place.enter("scope", -1);
	readContainer(sent, scope, cuts, () => {
		scope.name = cuts.text(text(sent.name), LIMITS.nameBytes, "name");
		scope.version = cuts.text(text(sent.version), LIMITS.nameBytes, "version");
	});
	cuts.place.leave();
	return scope;
}

// Attributes of a resource or scope that are no such list would change every record under it: the request is refused.
function readContainer(sent: Json, into: Resource | Scope, cuts: Cuts, readNames: () => void): void {
	cuts.begin();
	const path = cuts.place.text();
	try {
		readNames();
		readAttributesOf(sent, into, cuts);
	} catch (error) {
		if (error instanceof RecordRejected) throw invalidInput(`Malformed request body: ${path}.${error.message}`);
		throw error;
	}
	cuts.tell(into.attributes);
}

function readSchemaUrl(container: Json, cuts: Cuts): string {
	cuts.begin();
	const url = cuts.text(text(container.schemaUrl ?? container.schema_url), LIMITS.nameBytes, "schemaUrl");
	cuts.tell(null);
	return url;
}

/** The member under either spelling; null, which JSON mappings write for absent ones, is undefined. */
function member(container: Json, name: keyof typeof SNAKE): unknown {
	return container[name] ?? container[SNAKE[name]] ?? undefined;
}

function object(value: unknown, path: string): Json {
	if (!isObject(value)) throw invalidInput(`Malformed request body: ${path} must be an object`);
	return value;
}

function optionalObject(container: Json, name: "resource" | "scope", cuts: Cuts): Json {
	const value = member(container, name);
	return value === undefined ? {} : object(value, cuts.place.text(0, name));
}

function list(container: Json, name: keyof typeof SNAKE, cuts: Cuts): unknown[] {
	const value = member(container, name);
	if (value === undefined) return [];
	if (!Array.isArray(value)) {
		throw invalidInput(`Malformed request body: ${cuts.place.text(0, name)} must be a list`);
	}
	return value;
}
