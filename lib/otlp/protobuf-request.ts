import { Cuts } from "@/lib/otlp/cuts";
import { RecordRejected, type Rejection } from "@/lib/otlp/decoded";
import { LIMITS } from "@/lib/otlp/limits";
import { readAttribute } from "@/lib/otlp/protobuf-attributes";
import { refuseTooMany } from "@/lib/otlp/refuse-too-many";
import { sampleOf } from "@/lib/otlp/sample-of";
import { BYTES, VARINT, WireReader } from "@/lib/otlp/wire-reader";
import type { Resource, Scope } from "@/lib/span/span";

// Both signals number their three levels alike.
const RESOURCES = (1 << 3) | BYTES;
const RESOURCE = (1 << 3) | BYTES;
const SCOPES = (2 << 3) | BYTES;
const SCOPE = (1 << 3) | BYTES;
const RECORDS = (2 << 3) | BYTES;
const SCHEMA_URL = (3 << 3) | BYTES;
// Resource
const RESOURCE_ATTRIBUTES = (1 << 3) | BYTES;
const RESOURCE_DROPPED_ATTRIBUTES = (2 << 3) | VARINT;
// InstrumentationScope
const SCOPE_NAME = (1 << 3) | BYTES;
const SCOPE_VERSION = (2 << 3) | BYTES;
const SCOPE_ATTRIBUTES = (3 << 3) | BYTES;
const SCOPE_DROPPED_ATTRIBUTES = (4 << 3) | VARINT;

/** What a signal calls its three levels. */
interface Levels {
	resources: "resource_spans" | "resource_logs";
	scopes: "scope_spans" | "scope_logs";
	records: "spans" | "log_records";
}

/** A span or log record as it was read, with its ids as they were sent. */
interface ReadRecord {
	record: { traceId: string; spanId: string };
}

/** Reads one record's message to its end, even when it cannot be kept: what follows must stay readable. */
type Read<Kept extends ReadRecord> = (
	wire: WireReader,
	end: number,
	resource: Resource,
	scope: Scope,
	cuts: Cuts,
) => Kept;

interface Walk<Kept extends ReadRecord> {
	wire: WireReader;
	levels: Levels;
	read: Read<Kept>;
	/** Keeps a record or throws why it cannot. */
	keep: (read: Kept, cuts: Cuts) => void;
	cuts: Cuts;
	rejections: Rejection[];
}

/**
 * Walks an OTLP protobuf export request of any signal and hands each record to `read` and `keep`: traces and logs number
 * their levels alike. A rejected record is told with its path; bytes that are no such message are `invalid_input` with offset
 * and path. Source: opentelemetry-proto 1.x, collector/trace/v1, collector/logs/v1.
 */
export function readProtobufRequest<Kept extends ReadRecord>(
	body: Uint8Array,
	levels: Levels,
	read: Read<Kept>,
	keep: (read: Kept, cuts: Cuts) => void,
): { rejections: Rejection[]; warnings: string[] } {
	refuseTooMany(countRecords(body), levels.records);
	const cuts = new Cuts();
	const wire = new WireReader(body, cuts.place);
	const walk: Walk<Kept> = { wire, levels, read, keep, cuts, rejections: [] };
	let index = 0;
	while (wire.more(wire.length)) {
		const tag = wire.tag();
		if (tag !== RESOURCES) {
			wire.skip(tag);
			continue;
		}
		const end = wire.end();
		cuts.place.enter(levels.resources, index++);
		readResourceRecords(walk, end);
		cuts.place.leave();
	}
	return { rejections: walk.rejections, warnings: cuts.warnings };
}

/** Passes over the body once, without a look into its records; 0 when it is malformed, which the reading will tell. */
function countRecords(body: Uint8Array): number {
	const wire = new WireReader(body, new Cuts().place);
	const count = (end: number, level: 0 | 1 | 2): number => {
		let records = 0;
		while (wire.more(end)) {
			const tag = wire.tag();
			if (tag === (level === 0 ? RESOURCES : level === 1 ? SCOPES : RECORDS) && level < 2) {
				records += count(wire.end(), level === 0 ? 1 : 2);
			} else {
				if (tag === RECORDS && level === 2) records += 1;
				wire.skip(tag);
			}
		}
		return records;
	};
	try {
		return count(wire.length, 0);
	} catch {
		return 0;
	}
}

function readResourceRecords<Kept extends ReadRecord>(walk: Walk<Kept>, end: number): void {
	const { wire, levels, cuts } = walk;
	cuts.part();
	// The wire may carry the scopes before the resource: every record shares this one object.
	const resource: Resource = { attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	let index = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === RESOURCE) {
			const last = wire.end();
			cuts.place.enter("resource", -1);
			readResource(wire, last, resource, cuts);
			cuts.place.leave();
		} else if (tag === SCOPES) {
			const last = wire.end();
			cuts.place.enter(levels.scopes, index++);
			readScopeRecords(walk, last, resource);
			cuts.place.leave();
		} else if (tag === SCHEMA_URL) resource.schemaUrl = readSchemaUrl(wire, cuts);
		else wire.skip(tag);
	}
}

function readSchemaUrl(wire: WireReader, cuts: Cuts): string {
	cuts.begin();
	const url = cuts.text(wire.commonString(), LIMITS.nameBytes, "schemaUrl");
	cuts.tell(null);
	return url;
}

function readResource(wire: WireReader, end: number, resource: Resource, cuts: Cuts): void {
	cuts.begin();
	let index = 0;
	let dropped = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === RESOURCE_ATTRIBUTES) dropped += readAttribute(wire, resource.attributes, index++, cuts);
		else if (tag === RESOURCE_DROPPED_ATTRIBUTES) resource.droppedAttributesCount = wire.uint32();
		else wire.skip(tag);
	}
	const { attributes, droppedAttributesCount } = resource;
	resource.droppedAttributesCount = cuts.dropped("attributes", attributes.size, dropped, droppedAttributesCount);
	cuts.tell(attributes);
}

function readScopeRecords<Kept extends ReadRecord>(walk: Walk<Kept>, end: number, resource: Resource): void {
	const { wire, levels, cuts } = walk;
	cuts.part();
	const scope: Scope = { name: "", version: "", attributes: new Map(), droppedAttributesCount: 0, schemaUrl: "" };
	let index = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === SCOPE) {
			const last = wire.end();
			cuts.place.enter("scope", -1);
			readScope(wire, last, scope, cuts);
			cuts.place.leave();
		} else if (tag === RECORDS) {
			const last = wire.end();
			cuts.place.enter(levels.records, index++);
			readRecord(walk, last, resource, scope);
			cuts.place.leave();
		} else if (tag === SCHEMA_URL) scope.schemaUrl = readSchemaUrl(wire, cuts);
		else wire.skip(tag);
	}
}

function readScope(wire: WireReader, end: number, scope: Scope, cuts: Cuts): void {
	cuts.begin();
	let index = 0;
	let dropped = 0;
	while (wire.more(end)) {
		const tag = wire.tag();
		if (tag === SCOPE_NAME) scope.name = cuts.text(wire.commonString(), LIMITS.nameBytes, "name");
		else if (tag === SCOPE_VERSION) scope.version = cuts.text(wire.commonString(), LIMITS.nameBytes, "version");
		else if (tag === SCOPE_ATTRIBUTES) dropped += readAttribute(wire, scope.attributes, index++, cuts);
		else if (tag === SCOPE_DROPPED_ATTRIBUTES) scope.droppedAttributesCount = wire.uint32();
		else wire.skip(tag);
	}
	const { attributes, droppedAttributesCount } = scope;
	scope.droppedAttributesCount = cuts.dropped("attributes", attributes.size, dropped, droppedAttributesCount);
	cuts.tell(attributes);
}

function readRecord<Kept extends ReadRecord>(walk: Walk<Kept>, end: number, resource: Resource, scope: Scope): void {
	const { wire, cuts, rejections } = walk;
	cuts.begin();
	const read = walk.read(wire, end, resource, scope, cuts);
	try {
		walk.keep(read, cuts);
	} catch (error) {
		if (!(error instanceof RecordRejected)) throw error;
		const sample = sampleOf(read.record.traceId, read.record.spanId);
		rejections.push({ path: cuts.place.text(), reason: error.message, resource, sample });
	}
}
