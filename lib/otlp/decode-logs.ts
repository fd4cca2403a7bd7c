import { invalidInput } from "@/lib/errors";
import { decodeLogsJson } from "@/lib/otlp/decode-logs-json";
import { decodeLogsProtobuf } from "@/lib/otlp/decode-logs-protobuf";
import { decodeProtobuf } from "@/lib/otlp/decode-protobuf";
import type { DecodedLogs } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";
import { readJsonText } from "@/lib/otlp/json-text";

/**
 * An ExportLogsServiceRequest in either encoding -> log records; see `decodeLogsJson` and `decodeLogsProtobuf`. A protobuf
 * body that is none, but one of spans, is told so.
 */
export function decodeLogs(encoding: Encoding, body: Buffer): DecodedLogs {
	if (encoding === "json") return decodeLogsJson(readJsonText(body));
	try {
		return decodeLogsProtobuf(body);
	} catch (error) {
		throw readsAsSpans(body) ? invalidInput("The body holds spans and no log records: send it to /v1/traces") : error;
	}
}

function readsAsSpans(body: Buffer): boolean {
	try {
		const { spans, rejections } = decodeProtobuf(body);
		return spans.length > 0 && rejections.length === 0;
	} catch {
		return false;
	}
}
