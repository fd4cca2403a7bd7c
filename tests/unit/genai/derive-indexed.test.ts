import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { deriveIndexed } from "@/lib/genai/derive-indexed";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeLogsJson } from "@/lib/otlp/decode-logs-json";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan } from "@/lib/span/span";
import { throwDice } from "@/tests/fuzz/dice";
import { generateLogs, generateTraces } from "@/tests/fuzz/generate-request";
import { goldenLogs, goldenRequest } from "@/tests/support/derive-golden";
import { goldenSpans } from "@/tests/support/golden-spans";
import { attributes, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";

const SENDERS = join(import.meta.dirname, "../../fixtures/senders");
const FUZZED = 1500;

describe("deriveIndexed()", () => {
	it.each(["golden-spans", "dialect-rows"] as const)("says of %s what derive() says", (file) => {
		for (const golden of goldenSpans(file)) expectSame(goldenRequest(golden), goldenLogs(golden), golden.id);
	});

	it("says of what real senders sent what derive() says", () => {
		for (const sender of readdirSync(SENDERS)) {
			const spans = join(SENDERS, sender, "recorded.json");
			if (!existsSync(spans)) continue;
			const logs = join(SENDERS, sender, "recorded-logs.json");
			const decoded = decodeLogsJson(existsSync(logs) ? readFileSync(logs, "utf8") : "").logs;
			expectSame(JSON.parse(readFileSync(spans, "utf8")), decoded, sender);
		}
	});

	it("says of whatever the fuzzer sends what derive() says", () => {
		for (let index = 0; index < FUZZED; index++) {
			const dice = throwDice(7, index);
			const request = generateTraces(dice, {});
			const { logs } = decodeLogsJson(JSON.stringify(generateLogs(dice, {})));
			expectSame(request, logs, `case ${index}`, true);
		}
	});

	it("leaves out what is neither indexed nor priced, and reads the rest of a call", () => {
		const [span] = decodeJson(JSON.stringify(otlpRequest([otlpSpan({ attributes: attributes(CALL) })]))).spans;
		if (!span) throw new Error("the span was rejected");
		const indexed = deriveIndexed(span);
		expect(Object.keys(indexed)).not.toContain("inputMessages");
		expect(indexed).toMatchObject({
			kind: "llm",
			inputText: "second",
			outputText: "answered",
			finishReason: "length",
			usage: { input: 5, output: 2, total: 7 },
		});
	});
});

const CALL = {
	"gen_ai.operation.name": "chat",
	"gen_ai.usage.input_tokens": 5,
	"gen_ai.usage.output_tokens": 2,
	"gen_ai.input.messages": JSON.stringify([
		{ role: "user", parts: [{ type: "text", content: "first" }] },
		{ role: "user", parts: [{ type: "text", content: "second" }] },
		{ role: "assistant", parts: [{ type: "tool_call", name: "f" }] },
	]),
	"gen_ai.output.messages": JSON.stringify([
		{ role: "assistant", parts: [{ type: "reasoning", content: "hm" }] },
		{ role: "assistant", parts: [{ type: "text", content: "answered" }], finish_reason: "length" },
	]),
};

/** Each span twice: its keys are new the first time and known the second. */
function expectSame(request: object, logs: readonly LogRecord[], about: string, everyLog = false): void {
	for (const span of decodeJson(JSON.stringify(request)).spans) {
		const own = everyLog ? logs : logs.filter((log) => isOf(log, span));
		const { provenance, ...fields } = derive(span, own);
		for (const indexed of [deriveIndexed(span, own), deriveIndexed(span, own)]) {
			const full = Object.fromEntries(Object.keys(indexed).map((key) => [key, Reflect.get(fields, key)]));
			expectEqual(indexed, full, about);
		}
		expectEqual(derive(span, own), { ...fields, provenance }, about);
	}
}

// Not toStrictEqual, which takes two records with a key `__proto__` for different.
function expectEqual(actual: object, expected: object, about: string): void {
	if (!isDeepStrictEqual(actual, expected)) expect.fail(`${about}: ${inspect(actual)} is not ${inspect(expected)}`);
}

function isOf(log: LogRecord, { traceId, spanId }: ReportedSpan): boolean {
	return log.traceId === traceId && log.spanId === spanId;
}
