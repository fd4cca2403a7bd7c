import { describe, expect, it } from "vitest";
import { z } from "zod";
import { drainAccounting } from "@/lib/accounting/drain-accounting";
import { openArrivals } from "@/lib/accounting/open-arrivals";
import { readIngestHealth } from "@/lib/accounting/read-ingest-health";
import { command } from "@/lib/clickhouse/command";
import { insert } from "@/lib/clickhouse/insert";
import { query } from "@/lib/clickhouse/query";
import { sql, string } from "@/lib/clickhouse/sql";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import type { Span } from "@/lib/span/span";
import { sleep } from "@/lib/time";
import { writeSpans } from "@/lib/traces/write-spans";
import { eventually } from "@/tests/support/eventually";
import { plainSpan } from "@/tests/support/plain-span";
import { accounts, expectBooks, expectConsistent, readBooks } from "@/tests/support/read-books";
import { seededRandom } from "@/tests/support/seeded-random";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const TURNED_AWAY = "store unavailable, told to retry";

function spansOf(project: Project, count: number): Span[] {
	return Array.from({ length: count }, () => plainSpan({ projectId: project.id, spanId: randomHex(8) }));
}

const open = (project: Project, spans: number, receivedAt = new Date()) =>
	openArrivals(new Map([[project.id, spans]]), receivedAt);

describe("spans in flight", () => {
	it("are counted from the moment they came in, and as stored once the store has them", async () => {
		const project = await newProject();
		const receivedAt = new Date();
		const arrivals = open(project, 4, receivedAt);
		await expectBooks(project, { received: 4, inFlight: 4 });
		await writeSpans(spansOf(project, 4), { receivedAt });
		// Not acknowledged yet, but there.
		await expectBooks(project, { received: 4, stored: 4 });
		arrivals.acknowledge();
		await expectBooks(project, { received: 4, stored: 4 });
	});

	it("are told apart from stored ones of the same millisecond", async () => {
		const project = await newProject();
		const receivedAt = new Date();
		const [first, second] = [open(project, 4, receivedAt), open(project, 3, receivedAt)];
		await writeSpans(spansOf(project, 4), { receivedAt });
		first.acknowledge();
		await expectBooks(project, { received: 7, stored: 4, inFlight: 3 });
		const third = open(project, 2, receivedAt);
		await expectBooks(project, { received: 9, stored: 4, inFlight: 5 });
		await writeSpans(spansOf(project, 5), { receivedAt });
		second.acknowledge();
		third.acknowledge();
		await expectBooks(project, { received: 9, stored: 9 });
	});

	it("that are turned away count as rejected unless the store has them nevertheless", async () => {
		const project = await newProject();
		const [lost, kept] = [new Date(Date.now() - 2), new Date(Date.now() - 1)];
		const absent = open(project, 5, lost);
		const late = open(project, 3, kept);
		await writeSpans(spansOf(project, 3), { receivedAt: kept });
		absent.abandon(TURNED_AWAY);
		late.abandon(TURNED_AWAY);
		await expectBooks(project, { received: 8, stored: 3, inFlight: 5 });
		const books = await eventually(
			async () => {
				const found = await readBooks(project);
				expect(found).toMatchObject(accounts({ received: 8, stored: 3, rejected: 5 }));
				return found;
			},
			{ timeoutMs: 20_000 },
		);
		expect(books.rejectedByReason).toEqual({ [TURNED_AWAY]: 5 });
		await drainAccounting();
		await expectBooks(project, { received: 8, stored: 3, rejected: 5 });
	});

	it("have one end: what is told later does not count", async () => {
		const project = await newProject();
		const receivedAt = new Date();
		const arrivals = open(project, 2, receivedAt);
		await writeSpans(spansOf(project, 2), { receivedAt });
		arrivals.acknowledge();
		arrivals.abandon(TURNED_AWAY);
		arrivals.acknowledge();
		await drainAccounting();
		await expectBooks(project, { received: 2, stored: 2 });
	});

	it("of other processes are known from their heartbeats, for some seconds", async () => {
		const project = await newProject();
		const receivedAt = new Date(Date.now() - 2000);
		const beat = (heartbeat: number, spans: number, opened = spans) =>
			insert("ingest_processes", [
				{
					process: `other ${project.id}`,
					heartbeat,
					project_id: project.id,
					opened,
					spans,
					received_at: receivedAt.toISOString().slice(0, -1).replace("T", " "),
				},
			]);
		await beat(1, 9);
		await beat(2, 6);
		await expectBooks(project, { received: 6, inFlight: 6 });
		await writeSpans(spansOf(project, 4), { receivedAt });
		await expectBooks(project, { received: 6, stored: 4, inFlight: 2 });
		await beat(3, 6);
		await eventually(async () => expect((await readBooks(project)).inFlight).toBe(0), { timeoutMs: 15_000 });
	});

	it("of this process are told to others while they last", async () => {
		const project = await newProject();
		const receivedAt = new Date();
		const arrivals = open(project, 3, receivedAt);
		await eventually(async () => expect(await toldOf(project)).toEqual([{ opened: "3", spans: "3" }]));
		arrivals.acknowledge();
		await eventually(async () => expect(await toldOf(project)).toEqual([]));
	});
});

/** What the latest heartbeat says of spans of the project. */
function toldOf(project: Project) {
	return query({
		name: "read heartbeat",
		sql: sql`SELECT opened, spans FROM ingest_processes WHERE project_id = ${string(project.id)}
			AND heartbeat = (SELECT max(heartbeat) FROM ingest_processes WHERE NOT startsWith(process, 'other'))`,
		row: z.object({ opened: z.string(), spans: z.string() }),
	});
}

describe("acknowledged spans", () => {
	it("that never arrived are missing", async () => {
		const project = await newProject();
		const receivedAt = new Date();
		const arrivals = open(project, 6, receivedAt);
		await writeSpans(spansOf(project, 6), { receivedAt });
		arrivals.acknowledge();
		await drainAccounting();
		await expectBooks(project, { received: 6, stored: 6 });
		await command("lose arrivals", sql`DELETE FROM span_arrivals WHERE project_id = ${string(project.id)}`);
		await eventually(
			async () => {
				const books = await readBooks(project);
				expect(books).toMatchObject({ ...accounts({ received: 6 }), missing: 6, balanced: false });
				expect(books.projects).toEqual([expect.objectContaining({ projectId: project.id, received: 6 })]);
			},
			{ timeoutMs: 40_000, intervalMs: 300 },
		);
	});
});

describe("the books under load", () => {
	it("balance whenever they are read, miss nothing acknowledged and count nothing twice", async () => {
		const random = seededRandom(4);
		const projects = [await newProject(), await newProject()];
		const read = () => readIngestHealth({ projectIds: projects.map(({ id }) => id), minutes: 5 });
		const counted = { opened: 0, ended: 0, distinct: 0 };
		const until = Date.now() + 12_000;
		const sent: Span[] = [];

		async function sender() {
			while (Date.now() < until) {
				const project = projects[Math.floor(random() * projects.length)] ?? (await newProject());
				const fresh = spansOf(project, 1 + Math.floor(random() * 40));
				const again = random() < 0.3 ? sent.filter(({ projectId }) => projectId === project.id).slice(0, 15) : [];
				const spans = [...fresh, ...again];
				const receivedAt = new Date();
				// As the body is read and decoded meanwhile.
				await sleep(random() * 5);
				counted.opened += spans.length;
				const arrivals = open(project, spans.length, receivedAt);
				if (random() < 0.1) arrivals.abandon(TURNED_AWAY);
				else {
					await writeSpans(spans, { receivedAt });
					counted.distinct += fresh.length;
					sent.unshift(...fresh.slice(0, 3));
					sent.length = Math.min(sent.length, 200);
					if (random() < 0.1) arrivals.abandon(TURNED_AWAY);
					else arrivals.acknowledge();
				}
				counted.ended += spans.length;
			}
		}

		let looks = 0;
		async function reader() {
			while (Date.now() < until) {
				const ended = counted.ended;
				const books = await read();
				expectConsistent(books);
				expect(books.missing).toBe(0);
				expect(books.received).toBeGreaterThanOrEqual(ended);
				expect(books.received).toBeLessThanOrEqual(counted.opened);
				looks += 1;
			}
		}

		await Promise.all([...Array.from({ length: 12 }, sender), reader(), reader()]);
		expect(looks).toBeGreaterThan(4);
		await drainAccounting();
		const books = await read();
		expectConsistent(books);
		expect(books).toMatchObject({ received: counted.opened, stored: counted.distinct, inFlight: 0, missing: 0 });
	});
});
