import { describe, expect, it } from "vitest";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import { listTraces } from "@/lib/traces/list-traces";
import { writeSpans } from "@/lib/traces/write-spans";
import { failure } from "@/tests/support/failure";
import { attributes, type OtlpSpan, otlpSpan } from "@/tests/support/otlp-request";
import { plainSpan } from "@/tests/support/plain-span";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

/** Walks pages from a cursor to the end; trace ids in the order they were shown. */
async function walk(projectIds: string[], limit: number, direction: "nextCursor" | "previousCursor", from?: string) {
	const pages: string[][] = [];
	let cursor: string | undefined = from;
	let last: string | undefined;
	for (;;) {
		const page = await listTraces({ projectIds, limit, cursor });
		pages.push(page.traces.map((trace) => trace.traceId));
		const next = page[direction];
		if (!next) return { pages, last };
		cursor = last = next;
	}
}

async function search(project: Project, text: string): Promise<string[]> {
	const { traces } = await listTraces({ projectIds: [project.id], limit: 50, text });
	return traces.map((trace) => trace.rootSpanName).sort();
}

describe("listTraces()", () => {
	it("pages without repeating or skipping over equal starts, forwards and back", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const spans = Array.from({ length: 11 }, (_, index) =>
			otlpSpan({ startTimeUnixNano: index < 8 ? "1000" : "2000" }),
		);
		await send(one, spans.slice(0, 6));
		await send(two, [...spans.slice(4), otlpSpan()]);
		const projectIds = [one.id, two.id];
		const all = (await listTraces({ projectIds, limit: 100 })).traces;
		expect(all).toHaveLength(14);
		const ids = all.map((trace) => trace.traceId);
		for (const limit of [1, 3, 14]) {
			const down = await walk(projectIds, limit, "nextCursor");
			expect(down.pages.flat()).toEqual(ids);
			if (limit === 14) continue;
			const up = await walk(projectIds, limit, "previousCursor", down.last);
			const end = down.pages.at(-1) ?? [];
			expect([...up.pages.slice(1).reverse().flat(), ...end]).toEqual(ids);
		}
	});

	it("shows the newest start first, and a trace without starts by its arrival", async () => {
		const project = await newProject();
		const future = String(BigInt(Date.now() + 3_600_000) * 1_000_000n);
		await send(project, [
			otlpSpan({ name: "long ago", startTimeUnixNano: "5" }),
			otlpSpan({ name: "now" }),
			otlpSpan({ name: "ahead", startTimeUnixNano: future }),
		]);
		const { traces, nextCursor, previousCursor } = await listTraces({ projectIds: [project.id], limit: 10 });
		expect(traces.map((trace) => trace.rootSpanName)).toEqual(["ahead", "now", "long ago"]);
		expect([nextCursor, previousCursor]).toEqual([null, null]);
	});

	it("leads back from a page to the newer one, and keeps new arrivals out of the older ones", async () => {
		const project = await newProject();
		const at = (start: number): OtlpSpan => otlpSpan({ name: `t${start}`, startTimeUnixNano: String(start) });
		await send(project, [1, 2, 3, 4].map(at));
		const projectIds = [project.id];
		const first = await listTraces({ projectIds, limit: 2 });
		await send(project, [at(9)]);
		const second = await listTraces({ projectIds, limit: 2, cursor: first.nextCursor ?? "" });
		expect(second.traces.map((trace) => trace.rootSpanName)).toEqual(["t2", "t1"]);
		expect(second.nextCursor).toBeNull();
		const back = await listTraces({ projectIds, limit: 2, cursor: second.previousCursor ?? "" });
		expect(back.traces.map((trace) => trace.rootSpanName)).toEqual(["t4", "t3"]);
		expect(back.previousCursor).not.toBeNull();
	});

	it("finds text in what was derived: shown names, read texts, and what is said of the trace", async () => {
		const project = await newProject();
		const texts = [
			{ inputText: "needle one" },
			{ outputText: "NEEDLE two" },
			{ displayName: "needle three" },
			{ trace: { name: "the needle four" } },
			{ trace: { input: "needle five" } },
			{ trace: { output: "needle six" } },
			{ inputText: "hay" },
		];
		const spans = texts.map((fields, index) =>
			plainSpan({ name: `n${index}`, displayName: "d", traceId: randomHex(16), projectId: project.id, ...fields }),
		);
		await writeSpans(spans);
		expect(await search(project, "Needle")).toEqual(["n0", "n1", "n2", "n3", "n4", "n5"]);
		expect(await search(project, "needle two")).toEqual(["n1"]);
	});

	it("finds text in name, input, output and trace id of any span, in any case", async () => {
		const project = await newProject();
		const root = otlpSpan({ name: "Root Ärger" });
		await send(project, [
			root,
			otlpSpan({
				traceId: root.traceId,
				parentSpanId: root.spanId,
				name: "inner",
				attributes: attributes({ input: "FINDme" }),
			}),
			otlpSpan({ name: "plain", attributes: attributes({ output: "100% _done_", secret: "attribute only" }) }),
		]);
		expect(await search(project, "root ÄRGER")).toEqual(["Root Ärger"]);
		expect(await search(project, "  findME ")).toEqual(["Root Ärger"]);
		expect(await search(project, "0% _")).toEqual(["plain"]);
		expect(await search(project, "%")).toEqual(["plain"]);
		expect(await search(project, root.traceId?.toUpperCase() ?? "")).toEqual(["Root Ärger"]);
		expect(await search(project, "attribute only")).toEqual([]);
		expect(await search(project, "' OR 1=1 --")).toEqual([]);
		expect(await search(project, "   ")).toEqual(["Root Ärger", "plain"]);
	});

	it("shows other projects' and unlinked traces only to who asks for them", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		await send(mine, [otlpSpan({ name: "mine" })]);
		await send(other, [otlpSpan({ name: "other" })]);
		await send(null, [otlpSpan({ name: "unlinked" })]);
		const names = async (projectIds: string[]) =>
			(await listTraces({ projectIds, limit: 99 })).traces.map((trace) => trace.rootSpanName);
		expect(await names([mine.id])).toEqual(["mine"]);
		expect(await names([""])).toEqual(["unlinked"]);
		expect(await names([])).toEqual([]);
	});

	it("refuses a cursor that no page gave", async () => {
		const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
		for (const cursor of ["", "x", forged({}), forged(["older", "-1", "", ""]), forged(["up", "1", "", ""])]) {
			expect(await failure(() => listTraces({ projectIds: [""], limit: 5, cursor }))).toMatchObject({
				code: "invalid_input",
			});
		}
	});
});
