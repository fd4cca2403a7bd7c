import type { Snippet } from "@/app/p/[project]/traces/snippet-tabs";
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

/** Ways to send a first trace, the shortest first; each works as it is shown. */
export function firstSnippets(sample: Sample): Snippet[] {
	const environment = { title: "Environment", text: otelEnvironment(sample) };
	return [
		{
			name: "curl",
			text: "Sends one span of a model call, the way every OTLP exporter does.",
			blocks: [{ title: "Send one now", text: curlCommand(sample) }],
		},
		{
			name: "JavaScript",
			text: "Traces a Node.js program without a changed line of code.",
			blocks: [
				environment,
				{
					title: "Then start it so",
					text: [
						"npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node",
						"node --require @opentelemetry/auto-instrumentations-node/register app.js",
					].join("\n"),
				},
			],
		},
		{
			name: "Python",
			text: "Traces a Python program without a changed line of code.",
			blocks: [
				environment,
				{
					title: "Then start it so",
					text: [
						"pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http",
						"opentelemetry-bootstrap -a install",
						"opentelemetry-instrument python app.py",
					].join("\n"),
				},
			],
		},
		{
			name: "OpenAI SDK",
			text: "Every call of the SDK becomes a span, with its messages, tokens and cost. Your calls stay as they are.",
			blocks: [
				{
					title: "Install",
					text: `npm install openai ${OPENAI_PACKAGES.join(" ")}`,
				},
				{ title: "tracing.mjs, which your program imports first", text: openAiModule(sample) },
			],
		},
	];
}

const OPENAI_PACKAGES = [
	"@arizeai/openinference-instrumentation-openai",
	"@opentelemetry/exporter-trace-otlp-proto",
	"@opentelemetry/resources",
	"@opentelemetry/sdk-trace",
];

/** A module that traces the OpenAI SDK, whatever base URL the program gives it. */
export function openAiModule({ origin, projectName, needsKey }: Sample): string {
	const url = JSON.stringify(`${origin}/v1/traces`);
	const exporter = needsKey
		? `{
  url: ${url},
  headers: { Authorization: \`Bearer \${env.SPANWISE_API_KEY}\` },
}`
		: `{ url: ${url} }`;
	const resource = projectName === null ? "{}" : JSON.stringify({ "spanwise.project": projectName });
	return `${needsKey ? 'import { env } from "node:process";\n' : ""}import { OpenAIInstrumentation } from "@arizeai/openinference-instrumentation-openai";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import OpenAI from "openai";

const exporter = new OTLPTraceExporter(${exporter});
const tracerProvider = new TracerProvider({
  resource: resourceFromAttributes(${resource}),
  spanProcessors: [new BatchSpanProcessor({ exporter })],
});
new OpenAIInstrumentation({ tracerProvider }).manuallyInstrument(OpenAI);
process.once("beforeExit", () => tracerProvider.shutdown());
`;
}

function shellQuote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
