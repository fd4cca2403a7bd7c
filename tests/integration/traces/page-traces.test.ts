import { describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/traces/route";
import { command } from "@/lib/clickhouse/command";
import { sql } from "@/lib/clickhouse/sql";
import { parseFilter } from "@/lib/filter/parse-filter";
import { listTraces } from "@/lib/traces/list-traces";
import { pageTraces } from "@/lib/traces/page-traces";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

async function list(query: string) {
	const response = await GET(new Request(`http://localhost/api/v1/traces?${query}`), { params: Promise.resolve({}) });
	return { status: response.status, body: await response.json() };
}

describe("pageTraces()", () => {
	it("gives the latest arrival first and the total over all pages", async () => {
		const project = await newProject();
		for (const name of ["first", "second", "third"]) await send(project, [otlpSpan({ name })]);
		const projectIds = [project.id];
		const [page0, page1, page2] = await Promise.all([0, 1, 2].map((page) => pageTraces({ projectIds, page, size: 2 })));
		expect(page0?.traces.map((trace) => trace.rootSpanName)).toEqual(["third", "second"]);
		expect(page1?.traces.map((trace) => trace.rootSpanName)).toEqual(["first"]);
		expect(page2).toEqual({ traces: [], total: 3 });
	});

	it("takes the largest page there is, of traces that all have texts", async () => {
		const project = await newProject();
		const spans = Array.from({ length: 205 }, (_, n) =>
			otlpSpan({ attributes: attributes({ input: `in ${n}`, output: "out" }) }),
		);
		await send(project, spans);
		const { status, body } = await list(`projectId=${project.id}&size=200`);
		expect([status, body.content.length, body.totalElements]).toEqual([200, 200, 205]);
		const { traces } = await pageTraces({ projectIds: [project.id], page: 0, size: 205 });
		expect(new Set(traces.map((trace) => trace.inputPreview)).size).toBe(205);
	});

	it("counts a trace once, however many spans and versions it has", async () => {
		const project = await newProject();
		const span = otlpSpan();
		await send(project, [span, otlpSpan({ traceId: span.traceId })]);
		await send(project, [span]);
		const before = await pageTraces({ projectIds: [project.id], page: 0, size: 10 });
		await command("optimize", sql`OPTIMIZE TABLE spans FINAL`);
		const after = await pageTraces({ projectIds: [project.id], page: 0, size: 10 });
		for (const { total, traces } of [before, after]) {
			expect(total).toBe(1);
			expect(traces).toMatchObject([{ spanCount: 2 }]);
		}
	});

	it("gives the traces of which one span at least fits a filter, by what is said last", async () => {
		const project = await newProject();
		const [one, two] = [otlpSpan({ name: "one" }), otlpSpan({ name: "two" })];
		await send(project, [
			one,
			otlpSpan({ traceId: one.traceId, name: "below", attributes: attributes({ n: 5 }) }),
			two,
		]);
		const found = async (filter: string) => {
			const page = await pageTraces({ projectIds: [project.id], page: 0, size: 10, filter: parseFilter(filter) });
			expect(page.total).toBe(page.traces.length);
			return page.traces.map((trace) => trace.traceId).sort();
		};
		const both = [one.traceId, two.traceId].sort();
		expect(await found("name = one")).toEqual([one.traceId]);
		expect(await found("attribute.n > 4")).toEqual([one.traceId]);
		expect(await found("not name = one")).toEqual(both);
		expect(await found("name = one and attribute.n > 4")).toEqual([]);
		expect(await found("status exists")).toEqual(both);
		expect(await found("")).toEqual(both);
		await send(project, [{ ...two, name: "renamed" }]);
		expect(await found("name = two")).toEqual([]);
		const { traces } = await listTraces({ projectIds: [project.id], limit: 9, filter: parseFilter("name = renamed") });
		expect(traces.map((trace) => trace.traceId)).toEqual([two.traceId]);
	});

	it("counts nothing for no project", async () => {
		expect(await pageTraces({ projectIds: [], page: 0, size: 10 })).toEqual({ traces: [], total: 0 });
	});
});

describe("GET /api/v1/traces", () => {
	it("clamps page and size instead of refusing them", async () => {
		const project = await newProject();
		await send(project, [otlpSpan()]);
		const cases: [string, number, number][] = [
			["page=-1&size=999", 0, 200],
			["size=0", 0, 1],
			["size=-5", 0, 1],
			["", 0, 50],
			["page=3&size=7", 3, 7],
		];
		for (const [query, number, size] of cases) {
			const { status, body } = await list(`projectId=${project.id}&${query}`);
			expect(status).toBe(200);
			expect(body).toMatchObject({ number, size, totalElements: 1, content: number === 0 ? [{ spanCount: 1 }] : [] });
		}
	});

	it("takes a filter as text", async () => {
		const project = await newProject();
		await send(project, [otlpSpan({ name: "one" }), otlpSpan({ name: "two" })]);
		const { body } = await list(`projectId=${project.id}&filter=${encodeURIComponent('name in ("one", "three")')}`);
		expect(body).toMatchObject({ totalElements: 1, content: [{ spanCount: 1 }] });
	});

	it("tells what it cannot read, and that a project is unknown", async () => {
		expect(await list("size=many")).toMatchObject({ status: 400, body: { message: "size: must be a whole number" } });
		expect(await list("filter=modle+%3D+x")).toMatchObject({
			status: 400,
			body: { message: "filter: column 1: unknown field `modle`: did you mean `model`?" },
		});
		expect(await list("projectId=shop")).toMatchObject({ status: 400, body: { message: "projectId: must be a UUID" } });
		expect((await list("projectId=00000000-0000-7000-8000-000000000000")).status).toBe(404);
	});
});
