import { randomHex } from "@/lib/ids";

interface Sample {
	/** Scheme, host and port as the reader's browser reached us. */
	origin: string;
	/** Null: the trace names no project. */
	projectName: string | null;
	/** The server asks for a key; the command reads it from the reader's shell. */
	needsKey: boolean;
}

const KEY = "$SPANWISE_API_KEY";

/** A shell command that sends one real span, with ids and times of its own. */
export function curlCommand({ origin, projectName, needsKey }: Sample, now = Date.now(), newHex = randomHex): string {
	const text = (key: string, value: string) => JSON.stringify({ key, value: { stringValue: value } });
	const integer = (key: string, value: string) => JSON.stringify({ key, value: { intValue: value } });
	const resource = [text("service.name", "hello-spanwise")];
	if (projectName !== null) resource.push(text("spanwise.project", projectName));
	const attributes = [
		text("input.value", "What is a span?"),
		text("output.value", "One timed step of a request, with what went in and what came out."),
		text("gen_ai.operation.name", "chat"),
		text("gen_ai.request.model", "example-model"),
		integer("gen_ai.usage.input_tokens", "12"),
		integer("gen_ai.usage.output_tokens", "16"),
	];
	const body = `{"resourceSpans":[{
  "resource":{"attributes":[
    ${resource.join(",\n    ")}]},
  "scopeSpans":[{"scope":{"name":"curl"},"spans":[{
    "traceId":"${newHex(16)}","spanId":"${newHex(8)}",
    "name":"answer question","kind":1,"status":{"code":1},
    "startTimeUnixNano":"${now - 840}000000","endTimeUnixNano":"${now}000000",
    "attributes":[
      ${attributes.join(",\n      ")}]}]}]}]}`;
	return [
		`curl -sS ${origin}/v1/traces`,
		"-H 'Content-Type: application/json'",
		...(needsKey ? [`-H "Authorization: Bearer ${KEY}"`] : []),
		`-d ${shellQuote(body)}`,
	].join(" \\\n  ");
}

/** The environment that points an OpenTelemetry SDK here; every language reads the same names. */
export function otelEnvironment({ origin, projectName, needsKey }: Sample): string {
	const lines = [
		`export OTEL_EXPORTER_OTLP_ENDPOINT=${origin}`,
		"export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
		"export OTEL_TRACES_EXPORTER=otlp OTEL_METRICS_EXPORTER=none OTEL_LOGS_EXPORTER=none",
	];
	if (projectName !== null) {
		// Percent-encoded as the SDKs expect it: the list separates with commas and equals signs.
		const value = encodeURIComponent(projectName);
		lines.push(`export OTEL_RESOURCE_ATTRIBUTES=${shellQuote(`spanwise.project=${value}`)}`);
	}
	if (needsKey) lines.push(`export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20${KEY}"`);
	return lines.join("\n");
}

/** An OpenTelemetry program of one language, started with that environment: no line of its code changes. */
export const LANGUAGE_COMMANDS = [
	{
		language: "JavaScript",
		commands: [
			"npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node",
			"node --require @opentelemetry/auto-instrumentations-node/register app.js",
		].join("\n"),
	},
	{
		language: "Python",
		commands: [
			"pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http",
			"opentelemetry-bootstrap -a install",
			"opentelemetry-instrument python app.py",
		].join("\n"),
	},
] as const;

function shellQuote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
