import { describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/traces/route";
import { command } from "@/lib/clickhouse/command";
import { sql } from "@/lib/clickhouse/sql";
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

	it("tells what it cannot read, and that a project is unknown", async () => {
		expect(await list("size=many")).toMatchObject({ status: 400, body: { message: "size: must be a whole number" } });
		expect(await list("projectId=shop")).toMatchObject({ status: 400, body: { message: "projectId: must be a UUID" } });
		expect((await list("projectId=00000000-0000-7000-8000-000000000000")).status).toBe(404);
	});
});
