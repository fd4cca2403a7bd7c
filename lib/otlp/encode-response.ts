import { Writer } from "protobufjs/minimal";

/**
 * ExportTraceServiceResponse in protobuf, and ExportLogsServiceResponse, which has the same shape; empty bytes when there
 * is nothing to tell. A message with nothing rejected is a warning. Source: collector/trace/v1, collector/logs/v1.
 */
export function encodeExportResponse(rejected: number, errorMessage: string): Uint8Array<ArrayBuffer> {
	const writer = Writer.create();
	if (rejected > 0 || errorMessage !== "") {
		writer.uint32(10).fork().uint32(8).int64(rejected).uint32(18).string(errorMessage).ldelim();
	}
	return Uint8Array.from(writer.finish());
}

/** google.rpc.Status in protobuf: code (google.rpc.Code) and message. */
export function encodeStatus(code: number, message: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(Writer.create().uint32(8).int32(code).uint32(18).string(message).finish());
}
