import type { HasHeaders } from "@/lib/http/has-headers";

/** True when the Accept header names JSON and not protobuf: a protobuf sender that wants to read the answer as text. */
export function acceptsJson({ headers }: HasHeaders): boolean {
	const accept = headers.get("accept")?.toLowerCase() ?? "";
	return accept.includes("application/json") && !accept.includes("protobuf");
}
