import type { Encoding } from "@/lib/otlp/encoding";
import { type Dice, odds, throwDice } from "@/tests/fuzz/dice";
import { type Dress, dressOddly, dressPlainly } from "@/tests/fuzz/dress-body";
import { generateLogs, generateTraces, type ResourceKeys } from "@/tests/fuzz/generate-request";
import { mutateBytes } from "@/tests/fuzz/mutate-bytes";
import { mutateJson } from "@/tests/fuzz/mutate-json";
import { mutateProtobuf } from "@/tests/fuzz/mutate-protobuf";
import { spoilSpans } from "@/tests/fuzz/spoil-spans";
import { encodeOtlp, encodeOtlpLogs } from "@/tests/support/encode-otlp";
import type { OtlpLogRequest, OtlpRequest } from "@/tests/support/otlp-request";

export type Signal = "traces" | "logs";
export type CaseKind = "valid" | "spoilt" | "dressed" | "structure" | "bytes";

/** One request, and what is known of its answer. */
export interface FuzzCase extends Pick<Dress, "headers" | "body" | "chunked" | "speaks"> {
	seed: number;
	index: number;
	kind: CaseKind;
	signal: Signal;
	path: string;
	statuses: readonly number[];
	/** The sender goes away in the middle of the body: there is nobody to answer. */
	hangsUp: boolean;
	/** How a 200 must count; null when nobody knows. */
	counts: { accepted: number; rejected: number; cut: boolean } | { total: number } | null;
	/** The valid request behind it; null when what is sent is something else. */
	request: OtlpRequest | OtlpLogRequest | null;
	/** Ids of its spans by trace, those that are stored when the answer is 200 and nothing is rejected. */
	stored: ReadonlyMap<string, readonly string[]>;
}

const KINDS = odds<CaseKind>({ valid: 12, spoilt: 20, dressed: 18, structure: 32, bytes: 18 });
const PATHS: Record<Signal, readonly string[]> = {
	traces: ["/v1/traces", "/v1/traces", "/api/v1/traces", "/api/public/otel/v1/traces", "/v1/traces/", "/v1/traces?a=b"],
	logs: ["/v1/logs", "/v1/logs", "/api/v1/logs", "/api/public/otel/v1/logs", "/v1/logs/", "//v1/logs"],
};
const READABLE_OR_NOT = [200, 400, 413];

/** The case of a seed and an index, always the same one; most of its spans name the project. */
export function makeCase(seed: number, index: number, project: string): FuzzCase {
	const dice = throwDice(seed, index);
	const resource: ResourceKeys = dice.chance(0.95) ? { "spanwise.project": project } : {};
	const kind = dice.draw(KINDS);
	const signal: Signal = dice.chance(0.85) ? "traces" : "logs";
	const encoding: Encoding = dice.chance(0.5) ? "json" : "protobuf";
	const request = signal === "traces" ? generateTraces(dice, resource) : generateLogs(dice, resource);
	const { path, stored } = { path: dice.pick(PATHS[signal]), stored: idsOf(request) };
	const made = { seed, index, kind, signal, path, stored, ...madeOf(dice, kind, request, encoding, signal) };
	const odd = kind === "dressed" || (kind !== "valid" && dice.chance(0.05));
	const { statuses, ...dress } = (odd ? dressOddly : dressPlainly)(dice, made.body, encoding);
	const hangsUp = dice.chance(0.01) && dress.body.length > 1;
	// What travels in a way of its own may hold anything, or nothing.
	const expected = statuses ? { statuses, counts: null, request: null } : {};
	return { ...made, ...dress, hangsUp, ...expected };
}

type Made = Pick<FuzzCase, "body" | "statuses" | "counts" | "request">;

function madeOf(
	dice: Dice,
	kind: CaseKind,
	request: OtlpRequest | OtlpLogRequest,
	encoding: Encoding,
	signal: Signal,
): Made {
	const unknown = { statuses: READABLE_OR_NOT, counts: null, request: null };
	if (kind === "bytes") return { ...unknown, body: mutateBytes(dice, encode(request, encoding)) };
	if (kind === "structure") {
		const body =
			encoding === "json" ? mutateJson(dice, request) : mutateProtobuf(dice, encode(request, encoding), signal);
		return { ...unknown, body };
	}
	const records = countRecords(request);
	if (kind === "spoilt" && "resourceSpans" in request) {
		const { refused, ...counts } = spoilSpans(dice, request, encoding);
		return {
			body: encode(request, encoding),
			statuses: [refused ? 400 : 200],
			counts: refused ? null : counts,
			request: null,
		};
	}
	const counts = signal === "traces" ? { accepted: records, rejected: 0, cut: false } : { total: records };
	return { body: encode(request, encoding), statuses: [200], counts, request };
}

/** The request as its sender writes it. */
export function encode(request: OtlpRequest | OtlpLogRequest, encoding: Encoding): Buffer {
	if (encoding === "json") return Buffer.from(JSON.stringify(request));
	return "resourceLogs" in request ? encodeOtlpLogs(request) : encodeOtlp(request as OtlpRequest);
}

function countRecords(request: OtlpRequest | OtlpLogRequest): number {
	const logs = "resourceLogs" in request ? request.resourceLogs : undefined;
	const ofLogs = (logs ?? []).flatMap(({ scopeLogs = [] }) => scopeLogs.flatMap(({ logRecords = [] }) => logRecords));
	return ofLogs.length + spansOf(request).length;
}

function spansOf(request: OtlpRequest | OtlpLogRequest) {
	const spans = "resourceSpans" in request ? request.resourceSpans : undefined;
	return (spans ?? []).flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap((scope) => scope.spans ?? []));
}

function idsOf(request: OtlpRequest | OtlpLogRequest): Map<string, string[]> {
	const ids = new Map<string, string[]>();
	for (const { traceId = "", spanId = "", attributes = [] } of spansOf(request)) {
		// Logfire's announcement of a span is accepted and not kept.
		const pending = attributes.some(({ key }) => key === "logfire.span_type");
		ids.set(traceId, [...(ids.get(traceId) ?? []), ...(pending ? [] : [spanId])]);
	}
	return ids;
}
