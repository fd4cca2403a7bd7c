import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { canonicalSpanView } from "@/app/api/v1/traces/canonical-span-view";
import { projectRoot } from "@/lib/local/project-root";
import { decodeTraces } from "@/lib/otlp/decode-traces";
import { getTrace } from "@/lib/traces/get-trace";
import { FUZZ_SHARES } from "@/tests/fuzz/bounded-share";
import { coreTarget } from "@/tests/fuzz/core-target";
import { encode, type FuzzCase } from "@/tests/fuzz/fuzz-case";
import { CANARY } from "@/tests/fuzz/generate-value";
import { runFuzz } from "@/tests/fuzz/run-fuzz";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const SENDERS = 1000;
const READ_EVERY = 500;
const COMPARE_EVERY = 5;
const FOLDER = join(projectRoot, "test-results", "fuzz");

describe(`${FUZZ_SHARES.core.count} requests that no exporter would send, from their headers to the stores`, () => {
	let printed: string;
	beforeEach(() => {
		printed = "";
		for (const method of ["log", "warn", "error"] as const) {
			vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
				printed += `${values.map(String).join(" ")}\n`;
			});
		}
	});
	afterEach(() => {
		vi.restoreAllMocks();
	});

	it("are answered as they must be, equal in both encodings, and never quoted; what is accepted can be read", async () => {
		const project = await newProject();
		const target = await coreTarget();
		const { sent, statuses, failures } = await runFuzz({
			target,
			...FUZZ_SHARES.core,
			senders: SENDERS,
			project: project.name,
			folder: FOLDER,
			answered: async (fuzzed, { status }) => [
				...(fuzzed.index % COMPARE_EVERY === 0 ? encodingFaults(fuzzed) : []),
				...(status === 200 && fuzzed.index % READ_EVERY === 0 ? await readingFaults(fuzzed, project.id) : []),
			],
		});
		expect(failures).toEqual([]);
		expect(sent).toBe(FUZZ_SHARES.core.count);
		// Not a fuzzer that is refused at the door, nor one whose bodies are all fine.
		for (const status of ["200", "400", "415"]) expect(statuses[status]).toBeGreaterThan(sent / 100);
		expect(printed).not.toContain(CANARY);
		expect(printed).not.toContain("unexpected failure");
	}, 600_000);
});

/** The valid request behind a case reads the same in JSON and in protobuf. */
function encodingFaults({ request }: FuzzCase): string[] {
	if (!request || "resourceLogs" in request) return [];
	const json = decodeTraces("json", encode(request, "json"));
	const protobuf = decodeTraces("protobuf", encode(request, "protobuf"));
	if (isDeepStrictEqual(protobuf.spans, json.spans)) return [];
	const differs = (at: number) => !isDeepStrictEqual(protobuf.spans[at], json.spans[at]);
	const different = json.spans.flatMap(({ spanId }, at) => (differs(at) ? [spanId] : []));
	return [
		`${json.spans.length} spans in JSON, ${protobuf.spans.length} in protobuf, different: ${different.join(", ")}`,
	];
}

/** Every span of a trace is read, and derived again, without a failure; of an unchanged request all are there. */
async function readingFaults({ stored, request }: FuzzCase, projectId: string): Promise<string[]> {
	const faults: string[] = [];
	for (const [traceId, spanIds] of stored) {
		try {
			const { spans } = await getTrace({ projectIds: ["", projectId], traceId });
			const read = new Set(spans.map(canonicalSpanView).map((span) => span.span_id));
			const missing = request ? spanIds.filter((spanId) => !read.has(spanId)) : [];
			if (missing.length > 0) faults.push(`acknowledged spans ${missing.join(", ")} of ${traceId} cannot be read`);
		} catch (error) {
			if (request && spanIds.length > 0) faults.push(`its trace ${traceId} cannot be read: ${String(error)}`);
		}
	}
	return faults;
}
