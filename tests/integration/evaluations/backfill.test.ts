import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { advanceBackfill } from "@/lib/evaluations/advance-backfill";
import { cancelBackfill } from "@/lib/evaluations/cancel-backfill";
import { type BackfillWish, createBackfill } from "@/lib/evaluations/create-backfill";
import { getBackfill } from "@/lib/evaluations/get-backfill";
import { parseFilter } from "@/lib/filter/parse-filter";
import { failure } from "@/tests/support/failure";
import { answered, newRule, tasksOf } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const HOUR_MS = 3_600_000;

async function storedBefore(count: number, wishes: Parameters<typeof newRule>[1] = {}) {
	const project = await newProject();
	await send(
		project,
		Array.from({ length: count }, () => answered()),
	);
	return { project, rule: await newRule(project, wishes) };
}

function wish(projectId: string, changes: Partial<BackfillWish> = {}): BackfillWish {
	const day = { from: new Date(0), to: new Date(Date.now() + HOUR_MS) };
	return { projectId, ruleId: null, traceId: null, filter: null, anew: false, ...day, ...changes };
}

async function runThrough(id: string): Promise<number> {
	let pages = 1;
	while (await advanceBackfill(id)) pages++;
	return pages;
}

describe("a backfill", () => {
	it("makes one evaluation of each stored span that a rule fits, though it came before the rule", async () => {
		const { project, rule } = await storedBefore(5);
		const { id } = await createBackfill(wish(project.id, { ruleId: rule.id }));
		await runThrough(id);
		expect(await getBackfill(project.id, id)).toMatchObject({
			status: "DONE",
			matched: 5,
			planned: 5,
			open: 5,
			ended: 0,
		});
		const again = await createBackfill(wish(project.id, { ruleId: rule.id }));
		await runThrough(again.id);
		expect(await getBackfill(project.id, again.id)).toMatchObject({ status: "DONE", matched: 5, planned: 0 });
		expect(await tasksOf(project)).toHaveLength(5);
	});

	it("pages through more than it takes at a time, and a page done twice changes nothing", async () => {
		const { project, rule } = await storedBefore(2300);
		const { id } = await createBackfill(wish(project.id, { ruleId: rule.id }));
		// Two at once, as after a restart.
		await Promise.all([advanceBackfill(id), advanceBackfill(id)]);
		expect((await getBackfill(project.id, id)).matched).toBe(1000);
		expect(await runThrough(id)).toBe(2);
		expect(await getBackfill(project.id, id)).toMatchObject({ status: "DONE", matched: 2300, planned: 2300 });
	});

	it("judges again what failed or was over budget, and what has a verdict only when told to", async () => {
		const { project, rule } = await storedBefore(4);
		await runThrough((await createBackfill(wish(project.id, { ruleId: rule.id }))).id);
		const statuses = ["SUCCEEDED", "FAILED", "OVER_BUDGET", "PENDING"] as const;
		for (const [index, task] of (await tasksOf(project)).entries()) {
			await db().evaluationTask.update({ where: { id: task.id }, data: { status: statuses[index] } });
		}
		const careful = await createBackfill(wish(project.id, { ruleId: rule.id }));
		await runThrough(careful.id);
		expect((await getBackfill(project.id, careful.id)).planned).toBe(2);
		const anew = await createBackfill(wish(project.id, { ruleId: rule.id, anew: true }));
		await runThrough(anew.id);
		expect((await getBackfill(project.id, anew.id)).planned).toBe(1);
		const tasks = await tasksOf(project);
		expect(tasks).toHaveLength(7);
		const current = tasks.filter((task) => task.current);
		expect(current.map(({ status }) => status)).toEqual(["PENDING", "PENDING", "PENDING", "PENDING"]);
		expect(new Set(current.map(({ spanId }) => spanId)).size).toBe(4);
	});

	it("keeps to its window, its filter and its trace", async () => {
		const { project, rule } = await storedBefore(3);
		const other = answered({ name: "chat" }, { special: "yes" });
		await send(project, [other]);
		const planned = async (changes: Partial<BackfillWish>) => {
			const { id } = await createBackfill(wish(project.id, { ruleId: rule.id, anew: true, ...changes }));
			await runThrough(id);
			return (await getBackfill(project.id, id)).matched;
		};
		expect(await planned({ to: new Date(1000) })).toBe(0);
		expect(await planned({ filter: parseFilter('attribute.special = "yes"') })).toBe(1);
		expect(await planned({ traceId: other.traceId, ruleId: null })).toBe(1);
		expect(await planned({})).toBe(4);
	});

	it("of a rule that judges traces makes one evaluation of each trace", async () => {
		const { project, rule } = await storedBefore(0, { target: "TRACE" });
		const root = answered();
		await send(project, [root, answered({ traceId: root.traceId, parentSpanId: root.spanId }), answered()]);
		const { id } = await createBackfill(wish(project.id, { ruleId: rule.id }));
		await runThrough(id);
		expect((await tasksOf(project)).map(({ spanId }) => spanId)).toEqual(["", ""]);
	});

	it("that is cancelled drops what nobody began and gives the old decisions back", async () => {
		const { project, rule } = await storedBefore(3);
		await runThrough((await createBackfill(wish(project.id, { ruleId: rule.id }))).id);
		await db().evaluationTask.updateMany({
			where: { projectId: project.id },
			data: { status: "SUCCEEDED", attempts: 1 },
		});
		const before = await tasksOf(project);
		const { id } = await createBackfill(wish(project.id, { ruleId: rule.id, anew: true }));
		await runThrough(id);
		expect(await cancelBackfill(project.id, id)).toMatchObject({ status: "CANCELLED", open: 0 });
		expect(await tasksOf(project)).toEqual(before);
		expect(await advanceBackfill(id)).toBe(false);
		expect(await cancelBackfill(project.id, id)).toMatchObject({ status: "CANCELLED" });
	});

	it("asked for twice by one request is one", async () => {
		const { project } = await storedBefore(0);
		const request = wish(project.id, { requestId: `request of ${project.id}` });
		const [first, second] = [await createBackfill(request), await createBackfill(request)];
		expect(second.id).toBe(first.id);
	});

	it("is not found in another project, nor made with another's rule or an empty window", async () => {
		const [{ project, rule }, { project: other }] = [await storedBefore(0), await storedBefore(0)];
		const { id } = await createBackfill(wish(project.id, { ruleId: rule.id }));
		for (const verb of [
			() => getBackfill(other.id, id),
			() => cancelBackfill(other.id, id),
			() => createBackfill(wish(other.id, { ruleId: rule.id })),
			() => getBackfill(project.id, "no id"),
		]) {
			expect(await failure(verb)).toMatchObject({ code: "not_found" });
		}
		const empty = wish(project.id, { from: new Date(5), to: new Date(5) });
		expect(await failure(() => createBackfill(empty))).toMatchObject({ code: "invalid_input" });
	});
});
