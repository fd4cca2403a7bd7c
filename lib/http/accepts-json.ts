/** True when the Accept header names JSON and not protobuf: a protobuf sender that wants to read the answer as text. */
export function acceptsJson(request: Request): boolean {
	const accept = request.headers.get("accept")?.toLowerCase() ?? "";
	return accept.includes("application/json") && !accept.includes("protobuf");
}
