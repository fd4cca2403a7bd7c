import { describe, expect, it } from "vitest";
import { finishBrokenInserts } from "@/lib/accounting/finish-broken-inserts";
import { command } from "@/lib/clickhouse/command";
import { sql, string } from "@/lib/clickhouse/sql";
import { listTraces } from "@/lib/traces/list-traces";
import { otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const VIEWS = ["spans_by_time", "trace_extents", "span_arrivals"] as const;
const HOUR_MS = 3_600_000;

describe("finishBrokenInserts()", () => {
	it("lists and counts what a crash left in spans alone, once, and leaves the rest as it is", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const span = otlpSpan({ name: "broken off" });
		await send(project, [span]);
		await send(other, [otlpSpan({ name: "whole" })]);
		// Of a span that was sent again, views may have forgotten the first version and spans not yet.
		const again = otlpSpan({ name: "first version" });
		await send(other, [again]);
		await command("merge", sql`DELETE FROM spans_by_time WHERE trace_id = ${string(again.traceId ?? "")}`);
		await send(other, [{ ...again, name: "second version" }]);
		// As when the store is killed between a block of spans and what views make of it.
		for (const view of VIEWS) {
			const table = { strings: [view], parameters: [] };
			await command("break off", sql`DELETE FROM ${table} WHERE project_id = ${string(project.id)}`);
		}
		const names = async (projectId: string) =>
			(await listTraces({ projectIds: [projectId], limit: 9 })).traces.map((trace) => trace.rootSpanName);
		expect(await names(project.id)).toEqual([]);
		const range = { since: new Date(Date.now() - HOUR_MS), until: new Date(Date.now() + HOUR_MS) };
		expect(await finishBrokenInserts(range)).toBe(1);
		expect(await names(project.id)).toEqual(["broken off"]);
		expect((await names(other.id)).sort()).toEqual(["second version", "whole"]);
		expect(await finishBrokenInserts(range)).toBe(0);
	});
});
