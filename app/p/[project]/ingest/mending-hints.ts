interface MendingHint {
	/** HTTP status of a refused request; null for a span that was left out of a request that was read. */
	status: number | null;
	/** What the reason must say; any reason without one. */
	reason?: RegExp;
	hint: string;
}

/** The first line that fits tells what to do, so particular ones stand before general ones. */
const MENDING_HINTS: readonly MendingHint[] = [
	{
		status: 400,
		reason: /send (it|logs) to \/v1\//,
		hint: "The body holds another signal than the path takes. Give the SDK only OTEL_EXPORTER_OTLP_ENDPOINT, without a path: it appends the path of each signal by itself.",
	},
	{
		status: 400,
		reason: /is not valid (gzip|x-gzip|deflate|zstd) data/,
		hint: "Content-Encoding promises a compression that the body does not have. Leave the header out, or compress the body.",
	},
	{
		status: 400,
		reason: /JSON/i,
		hint: "The body is not the JSON that Content-Type promises. In a shell, quote it with single quotes; protobuf needs Content-Type: application/x-protobuf.",
	},
	{
		status: 400,
		reason: /protobuf|truncated|wire|varint|field number/i,
		hint: "The body is not the protobuf that Content-Type promises. JSON needs Content-Type: application/json.",
	},
	{
		status: 400,
		hint: "The request as a whole could not be read, so none of its spans was kept. The reason names the place; a body that an OpenTelemetry SDK writes has the right shape by itself.",
	},
	{
		status: 401,
		hint: 'Send the key of this server as "Authorization: Bearer <key>". For an SDK: OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20<key>". Exporters do not repeat a refused request, so these spans are gone unless you send them again.',
	},
	{ status: 403, hint: "The key is known but may not send here. Use one that may send to this project." },
	{
		status: 404,
		hint: "Nothing listens at that path. Traces go to /v1/traces; OTEL_EXPORTER_OTLP_ENDPOINT takes the address of the server without a path.",
	},
	{ status: 405, hint: "Spans are sent with POST." },
	{
		status: 413,
		reason: /spans|records/,
		hint: "Send fewer at a time: OTEL_BSP_MAX_EXPORT_BATCH_SIZE=512 for an SDK, send_batch_max_size of the batch processor for a Collector.",
	},
	{
		status: 413,
		hint: "Send less at a time: OTEL_BSP_MAX_EXPORT_BATCH_SIZE=128 for an SDK, send_batch_max_size of the batch processor for a Collector. Compression helps too: OTEL_EXPORTER_OTLP_COMPRESSION=gzip.",
	},
	{
		status: 415,
		reason: /Content-Encoding/i,
		hint: "Compress with gzip or not at all: OTEL_EXPORTER_OTLP_COMPRESSION=gzip.",
	},
	{
		status: 415,
		hint: "Bodies are OTLP over HTTP, in protobuf or JSON, not gRPC. For an SDK: OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf. With curl: -H 'Content-Type: application/json'.",
	},
	{ status: 429, hint: "The sender was told when to try again, and an exporter does so by itself." },
	{
		status: 500,
		hint: "This is our mistake, not the sender's. The log of the server says more; exporters do not repeat such a request.",
	},
	{
		status: 503,
		hint: "The server could not keep the spans at that moment. The sender was told to try again, and an exporter does so by itself; if this goes on, look at the log of the server.",
	},
	{
		status: null,
		reason: /store unavailable/,
		hint: "Nothing to mend at the sender: it was told to send these again. A repeat that succeeds is an arrival of its own.",
	},
	{
		status: null,
		reason: /traceId and spanId are missing/,
		hint: "Every span needs a trace id of 32 hex digits and a span id of 16; an SDK makes them by itself.",
	},
	{
		status: null,
		reason: /(traceId|spanId).* (is missing|must be \d+ hex digits)/i,
		hint: "A trace id is 32 hex digits, a span id 16. In JSON they are hex, not base64 and not UUIDs with dashes.",
	},
	{
		status: null,
		reason: /all zeros/,
		hint: "The id of zeros means “no span”: the context was empty when this was made, often because no SDK was started.",
	},
	{ status: null, reason: /name is missing/, hint: "Give the span a name when it is started." },
	{
		status: null,
		reason: /nested deeper/,
		hint: "Put less structure into attributes: send the value as JSON text instead.",
	},
	{
		status: null,
		reason: /Value|must be an? (object|list)|must be text/,
		hint: 'In JSON, an attribute is {"key": "k", "value": {"stringValue": "text"}}, with exactly one typed value. An SDK writes that by itself.',
	},
	{ status: null, hint: "The rest of the request was kept. The reason names the place in the span that is wrong." },
];

/** What to do about requests that were refused with a status, or about spans that were left out (status null). */
export function mendingHint(status: number | null, reason: string): string {
	const found = MENDING_HINTS.find(
		(line) => line.status === status && (line.reason === undefined || line.reason.test(reason)),
	);
	return found?.hint ?? "The reason says what the request lacked. Exporters do not repeat a refused request.";
}
