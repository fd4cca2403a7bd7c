import { inProject } from "@/tests/support/llm-span";
import { type OtlpSpan, otlpRequest } from "@/tests/support/otlp-request";

// The product's REST API as a script would use it.

export interface SpanView {
	id: string;
	spanId: string;
	parentSpanId: string | null;
	name: string;
	kind: string | null;
	statusCode: string | null;
	statusMessage: string | null;
	startTimeUnixNano: string | null;
	endTimeUnixNano: string | null;
	inputText: string | null;
	outputText: string | null;
	attributes: Record<string, unknown>;
	events: { name: string; timeUnixNano: string; attributes: Record<string, unknown> }[];
	links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[];
	scope: { name: string; version: string };
}

export interface EvalJobView {
	id: string;
	spanId: string;
	ruleId: string | null;
	evaluatorName: string;
	status: "PENDING" | "CLAIMED" | "SUCCEEDED" | "FAILED";
	score: number | null;
	success: boolean | null;
	reason: string | null;
	attemptCount: number;
	lastError: string | null;
	completedAt: string | null;
}

export interface TraceView {
	id: string;
	traceId: string;
	projectId: string | null;
	rootSpanName: string;
	spanCount: number;
	summary: { sessionId: string | null; usage: { input?: number; output?: number } };
	spans: SpanView[];
	evalJobs: EvalJobView[];
}

export interface TraceRowView {
	id: string;
	traceId: string;
	projectId: string | null;
	rootSpanName: string;
	spanCount: number;
	createdAt: string;
	expiresAt: string;
}

export interface TracePageView {
	content: TraceRowView[];
	totalElements: number;
	totalPages: number;
}

export interface ErrorView {
	error: string;
	message: string;
	timestamp: string;
}

export interface Answer<Body> {
	status: number;
	headers: Headers;
	body: Body;
}

type Init = RequestInit & { json?: unknown };

/** One call; `json` is sent as such, a body that is JSON comes back parsed, any other as text. */
export async function call<Body = unknown>(
	url: string,
	path: string,
	{ json, ...init }: Init = {},
): Promise<Answer<Body>> {
	const headers = new Headers(init.headers);
	if (json !== undefined) headers.set("Content-Type", "application/json");
	const response = await fetch(`${url}${path}`, {
		redirect: "manual",
		...init,
		headers,
		body: json === undefined ? init.body : JSON.stringify(json),
	});
	const text = await response.text();
	const isJson = response.headers.get("content-type")?.includes("json") ?? false;
	return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}

/** Like `call`, and throws unless the status is the expected one. */
export async function mustCall<Body>(url: string, path: string, init: Init = {}, status = 200): Promise<Body> {
	const answer = await call<Body>(url, path, init);
	if (answer.status !== status) {
		throw new Error(`${init.method ?? "GET"} ${path} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
	}
	return answer.body;
}

export function post(json: unknown): Init {
	return { method: "POST", json };
}

/** What the OTLP endpoint answers in JSON. */
export interface Receipt {
	acceptedSpans: number;
	rejectedSpans: number;
	traces: number;
	partialSuccess?: { rejectedSpans: string; errorMessage: string };
}

/** Sends spans as JSON; throws unless they are taken. `project` names the project in the resource. */
export function sendSpans(url: string, spans: OtlpSpan[], project?: string): Promise<Receipt> {
	return mustCall(url, "/api/v1/traces", post(otlpRequest(spans, inProject(project))));
}

export function getTrace(url: string, traceId: string): Promise<TraceView> {
	return mustCall(url, `/api/v1/traces/${traceId}`);
}

export function listTraces(url: string, query = ""): Promise<TracePageView> {
	return mustCall(url, `/api/v1/traces${query}`);
}
