import { invalidInput } from "@/lib/errors";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeLogsProtobuf } from "@/lib/otlp/decode-logs-protobuf";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import type { Decoded } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { readJsonText } from "@/lib/otlp/json-text";
import { IDS_MISSING } from "@/lib/otlp/span-fields";

const LOOKS_LIKE_LOGS = "No span has ids, which is how log records read as spans: send logs to /v1/logs";

/**
 * An ExportTraceServiceRequest in either encoding -> spans; see `decodeJson` and `decodeProtobuf`. A request whose spans all
 * lack their ids is `invalid_input`: traces and logs share their field numbers, so it is most likely one of logs.
 */
export function decodeTraces(encoding: Encoding, body: Buffer): Decoded {
	const decoded = encoding === "json" ? decodeJson(readJsonText(body)) : decodeSpansOrHint(body);
	const { spans, rejections } = decoded;
	if (spans.length === 0 && rejections.length > 0 && rejections.every(({ reason }) => reason === IDS_MISSING)) {
		throw invalidInput(LOOKS_LIKE_LOGS);
	}
	return decoded;
}

// A log record's trace id stands where a span has its attributes, so most logs are no readable spans at all.
function decodeSpansOrHint(body: Buffer): Decoded {
	try {
		return decodeProtobuf(body);
	} catch (error) {
		throw readsAsLogs(body) ? invalidInput(LOOKS_LIKE_LOGS) : error;
	}
}

function readsAsLogs(body: Buffer): boolean {
	try {
		const { logs, dropped, rejections } = decodeLogsProtobuf(body);
		return logs.length + dropped > 0 && rejections.length === 0;
	} catch {
		return false;
	}
}
