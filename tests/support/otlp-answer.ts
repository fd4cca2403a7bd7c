import { Reader } from "protobufjs/minimal";

// What the OTLP endpoint answers in protobuf, read field by field after collector/trace/v1 and google.rpc.Status.

export interface PartialSuccess {
	rejectedSpans: number;
	errorMessage: string;
}

/** The partial_success of an ExportTraceServiceResponse; null when there is none. */
export function decodeExportResponse(body: Uint8Array): PartialSuccess | null {
	const reader = Reader.create(body);
	let partial: PartialSuccess | null = null;
	while (reader.pos < reader.len) {
		const tag = reader.uint32();
		if (tag >>> 3 === 1) partial = decodePartialSuccess(reader.bytes());
		else reader.skipType(tag & 7);
	}
	return partial;
}

function decodePartialSuccess(body: Uint8Array): PartialSuccess {
	const reader = Reader.create(body);
	const partial = { rejectedSpans: 0, errorMessage: "" };
	while (reader.pos < reader.len) {
		const tag = reader.uint32();
		if (tag >>> 3 === 1) partial.rejectedSpans = Number(reader.int64());
		else if (tag >>> 3 === 2) partial.errorMessage = reader.string();
		else reader.skipType(tag & 7);
	}
	return partial;
}

export function decodeStatus(body: Uint8Array): { code: number; message: string } {
	const reader = Reader.create(body);
	const status = { code: 0, message: "" };
	while (reader.pos < reader.len) {
		const tag = reader.uint32();
		if (tag >>> 3 === 1) status.code = reader.int32();
		else if (tag >>> 3 === 2) status.message = reader.string();
		else reader.skipType(tag & 7);
	}
	return status;
}
