import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { insert } from "@/lib/clickhouse/insert";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { getTrace } from "@/lib/traces/get-trace";
import { writeSpans } from "@/lib/traces/write-spans";
import { PLAIN_TRACE, plainSpan } from "@/tests/support/plain-span";
import { ownClickhouse } from "@/tests/support/stores";

const clickhouse = ownClickhouse();

const FIRST = ["0001_create_spans.sql", "0002_create_scores.sql"];
/** A row as the first version wrote it. */
const FAILED = {
	project_id: "old",
	trace_id: PLAIN_TRACE,
	span_id: plainSpan({}).spanId,
	name: "agent run",
	kind: "agent",
	start_unix_nano: String(plainSpan({}).startTimeUnixNano),
	end_unix_nano: String(plainSpan({}).endTimeUnixNano),
	status_code: "STATUS_CODE_ERROR",
	origin: "otlp",
	input: "question",
	output: "answer",
	input_tokens: "12",
	output_tokens: "3",
	expires_at: plainSpan({}).expiresAt.toISOString().slice(0, -1),
};

beforeAll(async () => {
	await clickhouse.ready();
	const folder = mkdtempSync(join(tmpdir(), "spanwise-migrations-"));
	for (const name of FIRST) cpSync(join("clickhouse/migrations", name), join(folder, name));
	await migrateClickhouse(folder);
	rmSync(folder, { recursive: true });
	await insert("spans", [FAILED]);
	await migrateClickhouse();
});

describe("a span stored before derived fields had columns", () => {
	it("reads as if it had been derived: names, texts, status and tokens from the columns it has", async () => {
		const { summary, spans } = await getTrace({ projectIds: ["old"], traceId: PLAIN_TRACE });
		expect(spans).toMatchObject([
			{
				displayName: "agent run",
				inputText: "question",
				outputText: "answer",
				status: "error",
				convention: "other",
				usage: { input: 12, output: 3 },
				deriveVersion: 0,
				costUsd: null,
				tags: null,
				metadata: null,
				trace: { name: null, isRoot: false, metadata: null },
				logs: [],
			},
		]);
		expect(summary).toMatchObject({
			name: "agent run",
			status: "error",
			errorCount: 1,
			usage: { input: 12, output: 3 },
			usageFrom: "aggregate",
			inputPreview: "question",
			outputPreview: "answer",
			progress: "finished",
		});
	});

	it("stands beside new ones whose texts are unknown", async () => {
		await writeSpans([plainSpan({ projectId: "old", spanId: "00000000000000b1", input: "raw", name: "new" })]);
		const { spans } = await getTrace({ projectIds: ["old"], traceId: PLAIN_TRACE });
		expect(spans.map(({ name, inputText }) => [name, inputText])).toEqual([
			["agent run", "question"],
			["new", null],
		]);
	});
});
