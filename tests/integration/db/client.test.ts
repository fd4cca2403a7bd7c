import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase, databaseMode, db, openDatabase } from "@/lib/db/client";
import { isForeignKeyViolation, isMissingRow, isStoreDown, isUniqueViolation } from "@/lib/db/prisma-errors";
import { env } from "@/lib/env";
import { randomHex } from "@/lib/ids";
import { type Child, startChild } from "@/tests/support/child";
import { closeTestDatabase, openTestDatabase } from "@/tests/support/database";

const server = env().DATABASE_URL;
const ABSENT = "00000000-0000-7000-8000-000000000000";

function project() {
	return db().project.create({ data: { name: `project ${randomHex(6)}` } });
}

describe("an open database", () => {
	beforeAll(openTestDatabase);
	afterAll(closeTestDatabase);

	it("says where it lives", () => {
		expect(databaseMode()).toBe(server ? "server" : "embedded");
	});

	it("is opened once, however often it is asked for", async () => {
		const before = db();
		await Promise.all([openDatabase(), openDatabase({ dataDir: "/nowhere" })]);
		expect(db()).toBe(before);
	});

	it("tells unique, missing and foreign key failures apart", async () => {
		const { name } = await project();
		const twin = await db()
			.project.create({ data: { name } })
			.catch((error: unknown) => error);
		const gone = await db()
			.project.delete({ where: { id: ABSENT } })
			.catch((error: unknown) => error);
		const orphan = await db()
			.matchCursor.create({ data: { projectId: ABSENT } })
			.catch((error: unknown) => error);
		expect([twin, gone, orphan].map(isUniqueViolation)).toEqual([true, false, false]);
		expect([twin, gone, orphan].map(isMissingRow)).toEqual([false, true, false]);
		expect([twin, gone, orphan].map(isForeignKeyViolation)).toEqual([false, false, true]);
		expect([twin, gone, orphan].map(isStoreDown)).toEqual([false, false, false]);
	});

	it("counts right in 50 parallel interactive transactions", async () => {
		const { id: projectId } = await project();
		await db().matchCursor.create({ data: { projectId } });
		await Promise.all(
			Array.from({ length: 50 }, () =>
				db().$transaction(async (tx) => {
					// The row lock makes read and write one step on a server, too.
					await tx.$queryRaw`SELECT 1 FROM match_cursors WHERE project_id = ${projectId}::uuid FOR UPDATE`;
					const { dirtySeq } = await tx.matchCursor.findUniqueOrThrow({ where: { projectId } });
					await tx.matchCursor.update({ where: { projectId }, data: { dirtySeq: dirtySeq + 1n } });
				}),
			),
		);
		const { dirtySeq } = await db().matchCursor.findUniqueOrThrow({ where: { projectId } });
		expect(dirtySeq).toBe(50n);
	});

	it("keeps nothing of a transaction that throws, and everything written beside it", async () => {
		const name = `project ${randomHex(6)}`;
		const failing = db().$transaction(async (tx) => {
			await tx.project.create({ data: { name } });
			throw new Error("changed my mind");
		});
		const [outcome, beside] = await Promise.allSettled([failing, project()]);
		expect([outcome.status, beside.status]).toEqual(["rejected", "fulfilled"]);
		expect(await db().project.findUnique({ where: { name } })).toBeNull();
	});

	it("leaves the event loop its turns while statements run", async () => {
		await db().project.findFirst();
		const startedAt = performance.now();
		let last = startedAt;
		let longestMs = 0;
		const turn = () => {
			longestMs = Math.max(longestMs, performance.now() - last);
			last = performance.now();
		};
		const timer = setInterval(turn, 1);
		for (let count = 0; count < 200; count++) await db().project.findFirst();
		turn();
		clearInterval(timer);
		expect(longestMs).toBeLessThan((performance.now() - startedAt) / 2);
	});

	it("returns instants, big integers, JSON and text as they were given", async () => {
		const { id: projectId } = await project();
		const task = {
			projectId,
			connectionId: ABSENT,
			traceId: "ab".repeat(16),
			spanId: "cd".repeat(8),
			score: 0.1,
			snapshot: { criteria: 'Quote " slash \\ and ünïcode 🧵', nested: [1, null, { deep: true }] },
			expiresAt: new Date("2031-02-03T04:05:06.789Z"),
		};
		const { id } = await db().evaluationTask.create({ data: task });
		expect(await db().evaluationTask.findUniqueOrThrow({ where: { id } })).toMatchObject(task);
		const cursor = { projectId, dirtySeq: 9_007_199_254_740_993n };
		await db().matchCursor.create({ data: cursor });
		expect(await db().matchCursor.findUnique({ where: { projectId } })).toMatchObject(cursor);
	});
});

describe("openDatabase()", () => {
	afterEach(async () => {
		vi.unstubAllEnvs();
		await closeDatabase();
	});

	it("refuses during the build", async () => {
		vi.stubEnv("NEXT_PHASE", "phase-production-build");
		await expect(openDatabase()).rejects.toMatchObject({ code: "internal" });
	});

	it("leaves db() unavailable before and after", async () => {
		expect(() => db()).toThrow(expect.objectContaining({ code: "unavailable" }));
		await openTestDatabase();
		await closeTestDatabase();
		expect(() => db()).toThrow(expect.objectContaining({ code: "unavailable" }));
	});

	it("says that a server does not answer, and can be called again", async () => {
		const refused = await openDatabase({ databaseUrl: "postgresql://127.0.0.1:1/none" }).catch(
			(error: unknown) => error,
		);
		expect(refused).toMatchObject({ code: "unavailable", retryable: true });
		expect(isStoreDown(refused)).toBe(true);
		await openTestDatabase();
		await closeTestDatabase();
	});
});

describe("the embedded database", () => {
	let folder: string;
	let writer: Child;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "spanwise-durable-"));
		writer = startChild(join(import.meta.dirname, "row-writer.ts"), folder);
		await writer.said(1);
	});
	afterAll(async () => {
		await writer.kill();
		await closeDatabase();
		rmSync(folder, { recursive: true, force: true });
	});

	it("refuses a folder another process has open, and after its SIGKILL has every row it confirmed", async () => {
		await expect(openDatabase({ dataDir: folder, lockWaitMs: 300 })).rejects.toMatchObject({
			code: "conflict",
			publicMessage: expect.stringContaining(`pid ${writer.pid}`),
		});
		await writer.said(200);
		await writer.kill();
		await openDatabase({ dataDir: folder });
		const stored = new Set((await db().project.findMany()).map(({ name }) => name));
		const confirmed = writer.lines.filter((line) => line.startsWith("written-"));
		expect(confirmed.length).toBeGreaterThan(100);
		expect(confirmed.filter((name) => !stored.has(name))).toEqual([]);
	});
});
