import { RecordRejected, type Rejection } from "@/lib/otlp/decoded";
import { type Reject, readAttribute } from "@/lib/otlp/protobuf-attributes";
import { BYTES, VARINT, WireReader } from "@/lib/otlp/wire-reader";
import type { Resource, Scope } from "@/lib/span/span";

/** What a signal calls its three levels. */
interface Levels {
	resources: "resource_spans" | "resource_logs";
	scopes: "scope_spans" | "scope_logs";
	records: "spans" | "log_records";
}

/**
 * Reads one record's message, which ends at `end`. It is always read to its end, even when it is rejected, for what follows
 * must stay readable; the call it returns throws what `reject` was told, or keeps the record.
 */
type ReadRecord = (wire: WireReader, end: number, resource: Resource, scope: Scope, reject: Reject) => () => void;

interface Walk {
	wire: WireReader;
	levels: Levels;
	read: ReadRecord;
	rejections: Rejection[];
}

/**
 * Walks an OTLP protobuf export request of any signal and hands each record to `read`: traces and logs number their levels
 * alike. A rejected record is told with its path; bytes that are no such message are `invalid_input` with offset and path.
 * Source: opentelemetry-proto 1.x, collector/trace/v1, collector/logs/v1.
 */
export function readProtobufRequest(body: Uint8Array, levels: Levels, read: ReadRecord): Rejection[] {
	const wire = new WireReader(body);
	const walk: Walk = { wire, levels, read, rejections: [] };
	let index = 0;
	wire.all((end) =>
		wire.message(end, (field, type) => {
			if (field !== 1 || type !== BYTES) return false;
			wire.nested(`${levels.resources}[${index++}]`, (inner) => readResourceRecords(walk, inner));
			return true;
		}),
	);
	return walk.rejections;
}

function readResourceRecords(walk: Walk, end: number): void {
	const { wire, levels } = walk;
	const resource: Resource = { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	let index = 0;
	wire.message(end, (field, type) => {
		if (type !== BYTES) return false;
		if (field === 1) wire.nested("resource", (inner) => readResource(wire, inner, resource));
		// The wire may carry the scopes before the resource: every record shares this one object.
		else if (field === 2)
			wire.nested(`${levels.scopes}[${index++}]`, (inner) => readScopeRecords(walk, inner, resource));
		else if (field === 3) resource.schemaUrl = wire.string();
		else return false;
		return true;
	});
}

function readResource(wire: WireReader, end: number, resource: Resource): void {
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) readAttribute(wire, resource.attributes, refuse(wire));
		else if (field === 2 && type === VARINT) resource.droppedAttributesCount = wire.uint32();
		else return false;
		return true;
	});
}

function readScopeRecords(walk: Walk, end: number, resource: Resource): void {
	const { wire, levels } = walk;
	const scope: Scope = { name: "", version: "", attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	let index = 0;
	wire.message(end, (field, type) => {
		if (type !== BYTES) return false;
		if (field === 1) wire.nested("scope", (inner) => readScope(wire, inner, scope));
		else if (field === 2)
			wire.nested(`${levels.records}[${index++}]`, (inner) => readRecord(walk, inner, resource, scope));
		else if (field === 3) scope.schemaUrl = wire.string();
		else return false;
		return true;
	});
}

function readScope(wire: WireReader, end: number, scope: Scope): void {
	wire.message(end, (field, type) => {
		if (field === 1 && type === BYTES) scope.name = wire.string();
		else if (field === 2 && type === BYTES) scope.version = wire.string();
		else if (field === 3 && type === BYTES) readAttribute(wire, scope.attributes, refuse(wire));
		else if (field === 4 && type === VARINT) scope.droppedAttributesCount = wire.uint32();
		else return false;
		return true;
	});
}

function readRecord({ wire, read, rejections }: Walk, end: number, resource: Resource, scope: Scope): void {
	let rejected: RecordRejected | null = null;
	const keep = read(wire, end, resource, scope, (reason) => {
		rejected ??= reason;
	});
	try {
		if (rejected) throw rejected;
		keep();
	} catch (error) {
		if (!(error instanceof RecordRejected)) throw error;
		rejections.push({ path: wire.where, reason: error.message });
	}
}

// A resource or scope whose attributes cannot be kept would change every record under it: the request is refused.
function refuse(wire: WireReader): Reject {
	return (reason) => {
		throw wire.malformed(reason.message);
	};
}
