import { describe, expect, it } from "vitest";
import { drainAccounting } from "@/lib/accounting/drain-accounting";
import { ledger } from "@/lib/accounting/ledger";
import { listRefusedRequests } from "@/lib/accounting/list-refused-requests";
import { noteRefusal } from "@/lib/accounting/note-refusal";
import { readIngestHealth } from "@/lib/accounting/read-ingest-health";
import { type RejectedSpan, recordRejections } from "@/lib/accounting/record-rejections";
import { insert } from "@/lib/clickhouse/insert";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import { eventually } from "@/tests/support/eventually";
import { failure } from "@/tests/support/failure";
import { otlpSpan } from "@/tests/support/otlp-request";
import { expectBooks, readBooks } from "@/tests/support/read-books";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";
import { withoutClickhouse } from "@/tests/support/without-clickhouse";

ownStores();

function rejected(project: Project, fields: Partial<RejectedSpan> = {}): RejectedSpan {
	const given = { receivedAt: new Date(), reason: "the name is missing", sender: "shop", sample: randomHex(16) };
	return { projectId: project.id, ...given, ...fields };
}

const refusal = (fields: object = {}) => ({
	status: 401,
	reason: "Invalid or missing API key",
	signal: "traces" as const,
	sender: randomHex(8),
	at: new Date(),
	...fields,
});

/** As a process that started later sees it: what is in memory here is not known to it. */
async function asAnotherProcess<Value>(work: () => Promise<Value>): Promise<Value> {
	const own = { process: ledger.process, refusals: ledger.refusals };
	Object.assign(ledger, { process: `later ${own.process}`, refusals: new Map() });
	try {
		return await work();
	} finally {
		Object.assign(ledger, own);
	}
}

/** Waits for the background to write down what is in memory. */
const everythingWritten = () =>
	eventually(() => expect([...ledger.refusals.values()].filter(({ count, written }) => count > written)).toEqual([]), {
		timeoutMs: 20_000,
	});

describe("rejected spans", () => {
	it("of a request are counted by reason, with ids to look for, beside the spans that were kept", async () => {
		const project = await newProject();
		const wrong = [otlpSpan({ traceId: "abc" }), otlpSpan({ traceId: "abcd" }), otlpSpan({ spanId: "0".repeat(16) })];
		const receipt = await send(project, [otlpSpan(), ...wrong, otlpSpan()]);
		expect([receipt.acceptedSpans, receipt.rejectedSpans]).toEqual(
			[5, 3].map((count) => count - (count === 5 ? 3 : 0)),
		);
		const books = await expectBooks(project, { received: 5, stored: 2, rejected: 3 });
		expect(Object.values(books.rejectedByReason).reduce((sum, count) => sum + count, 0)).toBe(3);
		expect(books.minutes.at(-1)?.rejectedByReason).toEqual(books.rejectedByReason);
		const samples = books.rejections.flatMap((rejection) => rejection.samples);
		for (const { traceId } of wrong) expect(samples.some((sample) => sample.includes(traceId ?? "?"))).toBe(true);
		expect(books.lastError).toMatchObject({ status: null, reason: books.rejections[0]?.reason });
	});

	it("are in the store before the answer, for every process to see", async () => {
		const project = await newProject();
		await recordRejections([rejected(project), rejected(project)]);
		await asAnotherProcess(() => expectBooks(project, { received: 2, rejected: 2 }));
	});

	it("are one reason, whatever index or key it names, and keep at most twenty ids", async () => {
		const project = await newProject();
		const spans = Array.from({ length: 30 }, (_, index) =>
			rejected(project, {
				reason: `attributes[${index}].value{key ${index}} is not an integer`,
				sample: `id ${index}`,
			}),
		);
		await recordRejections(spans.slice(0, 15));
		await recordRejections(spans.slice(15));
		await recordRejections([
			rejected(project, { reason: "attributes[1].value{a} is not an integer", sender: "other" }),
		]);
		const books = await expectBooks(project, { received: 31, rejected: 31 });
		expect(books.rejectedByReason).toEqual({ "attributes[].value{} is not an integer": 31 });
		const [shop] = books.rejections.filter(({ sender }) => sender === "shop");
		expect(shop).toMatchObject({ spans: 30, lastAt: spans.at(-1)?.receivedAt });
		expect(shop?.samples).toHaveLength(20);
		expect(new Set(shop?.samples).size).toBe(20);
		await asAnotherProcess(async () => {
			const seen = await readBooks(project);
			expect(seen.rejections.find(({ sender }) => sender === "shop")?.samples.sort()).toEqual(shop?.samples.sort());
		});
	});

	it("hold what cannot be stored as text, cut to what is readable", async () => {
		const project = await newProject();
		const odd = {
			reason: `half a character \ud800 ${"x".repeat(500)}`,
			sender: "\udfff",
			sample: `\ud83d${"y".repeat(200)}`,
		};
		await recordRejections([rejected(project, odd)]);
		const { rejections } = await readBooks(project);
		expect(rejections).toHaveLength(1);
		expect(rejections[0]?.reason).toMatch(/^half a character \ufffd x+$/);
		expect([rejections[0]?.reason.length, rejections[0]?.samples[0]?.length]).toEqual([200, 80]);
	});

	it("count once, though their row is written twice", async () => {
		const project = await newProject();
		await recordRejections([rejected(project), rejected(project)]);
		const series = [...ledger.refusals.values()].find(({ key }) => key.projectId === project.id);
		const row = {
			minute: (series?.key.minuteMs ?? 0) / 1000,
			level: "span",
			project_id: project.id,
			status: 0,
			signal: "traces",
			reason: "the name is missing",
			sender: "shop",
			process: ledger.process,
			series: series?.number,
			count: 2,
			samples: [],
			last_at: new Date().toISOString().slice(0, -1).replace("T", " "),
		};
		await insert("ingest_refusals", [row, { ...row, count: 1 }]);
		await asAnotherProcess(() => expectBooks(project, { received: 2, rejected: 2 }));
	});
});

describe("refused requests", () => {
	it("show up at once, are counted together, and are in the store a moment later", async () => {
		const project = await newProject();
		const [one, other] = [refusal(), refusal({ status: 400, reason: "not JSON at position 7", signal: "logs" })];
		for (const given of [one, other, one, one]) noteRefusal(given);
		const expected = [
			{ status: 401, reason: one.reason, signal: "traces", sender: one.sender, requests: 3, lastAt: one.at },
			{
				status: 400,
				reason: "not JSON at position 7",
				signal: "logs",
				sender: other.sender,
				requests: 1,
				lastAt: other.at,
			},
		];
		const books = await readBooks(project);
		expect(books.refusedRequests).toEqual(expect.arrayContaining(expected));
		// No span was read, so none is counted.
		expect(books).toMatchObject({ received: 0, rejected: 0, balanced: true });
		expect(books.lastError).toMatchObject({ status: expect.any(Number) });
		await everythingWritten();
		await asAnotherProcess(async () => {
			expect(await listRefusedRequests({ sinceMs: Date.now() - 60_000 })).toEqual(expect.arrayContaining(expected));
		});
		expect(await listRefusedRequests({ sinceMs: Date.now() + 60_000 })).toEqual([]);
	});

	it("of many senders take bounded memory and are all counted", async () => {
		const noted = 30_000;
		for (let index = 0; index < noted; index++) noteRefusal(refusal({ status: 418, sender: `sender ${index}` }));
		expect(ledger.refusals.size).toBeLessThan(1000);
		const counted = [...ledger.refusals.values()].filter(({ key }) => key.status === 418);
		expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(noted);
		expect(counted.some(({ key }) => key.sender === "(other)")).toBe(true);
		const given = refusal({ reason: "another reason", at: new Date(Date.now() - 1000) });
		noteRefusal(given);
		const listed = await listRefusedRequests({ sinceMs: Date.now() - 60_000 });
		expect(listed.filter(({ status }) => status === 418)).toHaveLength(20);
		expect(listed.some(({ reason }) => reason === given.reason)).toBe(true);
		await drainAccounting();
		await everythingWritten();
	});
});

describe("an outage of the store", () => {
	it("is said to readers and does not look like empty books", async () => {
		const project = await newProject();
		await withoutClickhouse(async () => {
			expect((await failure(() => readBooks(project))).code).toBe("unavailable");
			expect((await failure(() => listRefusedRequests({ sinceMs: 0 }))).code).toBe("unavailable");
		});
	});

	it("loses nothing that was counted meanwhile, and says of a rejection that it could not be written", async () => {
		const project = await newProject();
		const given = refusal({ status: 503, reason: "out of reach" });
		await withoutClickhouse(async () => {
			expect((await failure(() => recordRejections([rejected(project)]))).code).toBe("unavailable");
			noteRefusal(given);
			await drainAccounting();
		});
		await asAnotherProcess(async () => {
			expect((await readBooks(project)).received).toBe(0);
		});
		await expectBooks(project, { received: 1, rejected: 1 });
		await everythingWritten();
		await asAnotherProcess(async () => {
			await expectBooks(project, { received: 1, rejected: 1 });
			const seen = await listRefusedRequests({ sinceMs: Date.now() - 120_000 });
			expect(seen).toContainEqual(expect.objectContaining({ reason: given.reason, status: 503, requests: 1 }));
		});
	});
});

describe("readIngestHealth()", () => {
	it.each([0, 1.5, 10_081, Number.NaN])("refuses a window of %s minutes", async (minutes) => {
		expect((await failure(() => readIngestHealth({ projectIds: null, minutes }))).code).toBe("invalid_input");
	});

	it("takes the longest window, and begins and ends at what it says", async () => {
		const before = Date.now();
		const { from, to } = await readIngestHealth({ projectIds: null, minutes: 10_080 });
		expect(to.getTime()).toBeGreaterThanOrEqual(before);
		expect(from.getTime() % 60_000).toBe(0);
		expect(Math.floor(to.getTime() / 60_000) - from.getTime() / 60_000).toBe(10_079);
	});
});
