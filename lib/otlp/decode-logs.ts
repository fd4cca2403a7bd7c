import { decodeLogsJson } from "@/lib/otlp/decode-logs-json";
import { decodeLogsProtobuf } from "@/lib/otlp/decode-logs-protobuf";
import type { DecodedLogs } from "@/lib/otlp/decoded";
import type { Encoding } from "@/lib/otlp/encoding";

/** An ExportLogsServiceRequest in either encoding -> log records; see `decodeLogsJson` and `decodeLogsProtobuf`. */
export function decodeLogs(encoding: Encoding, body: Buffer): DecodedLogs {
	return encoding === "json" ? decodeLogsJson(new TextDecoder().decode(body)) : decodeLogsProtobuf(body);
}
