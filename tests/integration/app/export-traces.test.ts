import { expect, test } from "vitest";
import { GET } from "@/app/p/[project]/traces/export/route";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const COUNT = 450;
const FORMULA = '=HYPERLINK("http://evil.example","click, me")';

function ask(segment: string, query: string): Promise<Response> {
	const params = Promise.resolve({ project: segment });
	return GET(new Request(`http://localhost/p/${segment}/traces/export?${query}`), { params });
}

async function seeded() {
	const project = await newProject();
	const start = BigInt(Date.now()) * 1_000_000n;
	const spans = Array.from({ length: COUNT }, (_, index) =>
		otlpSpan({
			name: index === 7 ? FORMULA : `trace ${index}`,
			startTimeUnixNano: String(start - BigInt(index) * 1_000_000n),
			endTimeUnixNano: String(start),
			attributes: attributes({ "session.id": `s${index % 2}`, input: 'a "quoted"\nline' }),
		}),
	);
	await send(project, spans);
	return project;
}

test("an export holds every trace that fits once, newest first, however many pages that takes", async () => {
	const project = await seeded();
	const answer = await ask(project.id, `format=ndjson&filter=${encodeURIComponent('session = "s0"')}`);
	expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
	expect(answer.headers.get("content-disposition")).toMatch(/attachment; filename="traces-[\d-]{10}\.ndjson"/);
	const records = (await answer.text())
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));
	expect(records).toHaveLength(COUNT / 2);
	expect(new Set(records.map(({ trace_id }) => trace_id)).size).toBe(COUNT / 2);
	expect(records.map(({ start }) => start)).toEqual(
		records
			.map(({ start }) => start)
			.sort()
			.reverse(),
	);
	expect(records[0]).toMatchObject({ session_id: "s0", cost_usd: null, input: 'a "quoted"\nline', tags: [] });
	const json = await (await ask(project.id, "format=json")).json();
	expect(json).toHaveLength(COUNT);
});

test("a spreadsheet runs nothing of an exported text, and finds every column in its place", async () => {
	const project = await seeded();
	const text = await (await ask(project.id, `format=csv&q=${encodeURIComponent("HYPERLINK")}`)).text();
	const [head, line, ...rest] = text.split(/\r\n/);
	expect(head).toMatch(/^trace_id,project_id,name,start,/);
	expect(line).toContain(`,"'=HYPERLINK(""http://evil.example"",""click, me"")",`);
	expect(rest).toEqual([""]);
	expect(text).toContain('"a ""quoted""\nline"');
});

test("who goes away is sent no more", async () => {
	const project = await seeded();
	const reader = (await ask(project.id, "format=ndjson")).body?.getReader();
	await reader?.read();
	await reader?.cancel();
	expect(await reader?.read()).toEqual({ value: undefined, done: true });
});

test("what cannot be exported is said with a status, not with half a file", async () => {
	const project = await seeded();
	expect((await ask(project.id, "format=xml")).status).toBe(400);
	expect((await ask(project.id, "format=csv&filter=model+%3D")).status).toBe(400);
	const empty = await newProject();
	expect(await (await ask(empty.id, "format=json")).json()).toEqual([]);
	expect((await (await ask(empty.id, "format=csv")).text()).split("\r\n")).toHaveLength(2);
});
