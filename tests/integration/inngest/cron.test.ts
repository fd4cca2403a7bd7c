import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { db } from "@/lib/db/client";
import { sleep } from "@/lib/time";
import { provideEngineBed, runsOf, startTestEngine, until } from "./engine-bed";

provideEngineBed();

test("two engines on one database run each tick once", async () => {
	const ticks: number[] = [];
	const fn = inngest().createFunction(
		{ id: "every-second", retries: 0, triggers: [{ cron: "* * * * * *" }] },
		async () => void ticks.push(Date.now()),
	);
	const engines = [await startTestEngine([fn]), await startTestEngine([fn])];
	await until(() => ticks.length >= 4);
	await Promise.all(engines.map((engine) => engine.stop()));
	const runs = await db().engineRun.findMany({
		where: { functionId: "spanwise-every-second" },
		orderBy: { id: "asc" },
	});
	const due = runs.map(({ events }) => JSON.parse(events)[0].ts as number);
	expect(new Set(due).size).toBe(due.length);
	expect(ticks.length).toBe(due.length);
	for (const [index, at] of due.entries()) {
		expect(at % 1000).toBe(0);
		if (index > 0) expect(at - (due[index - 1] ?? 0)).toBe(1000);
	}
});

test("after a pause only the latest missed tick runs, and a restart does not run it again", async () => {
	const fn = inngest().createFunction({ id: "yearly", retries: 0, triggers: [{ cron: "0 0 1 1 *" }] }, async () => {});
	const first = await startTestEngine([fn]);
	await first.idle();
	expect(await runsOf("yearly")).toEqual([]);

	// As if it had run two years ago.
	const dedupe = `cron:spanwise-yearly:0 0 1 1 *:${new Date(Date.UTC(new Date().getUTCFullYear() - 2, 0, 1)).toISOString()}`;
	await db().engineRun.create({
		data: { id: "earlier", functionId: "spanwise-yearly", dedupe, events: "[]", lane: "", status: "completed" },
	});
	for (let boot = 0; boot < 3; boot++) {
		const engine = await startTestEngine([fn]);
		await engine.idle();
		await engine.stop();
	}
	const runs = await db().engineRun.findMany({ where: { functionId: "spanwise-yearly", id: { not: "earlier" } } });
	expect(runs.map(({ dedupe }) => dedupe)).toEqual([
		`cron:spanwise-yearly:0 0 1 1 *:${new Date(Date.UTC(new Date().getUTCFullYear(), 0, 1)).toISOString()}`,
	]);
});

test("a function may have a cron and an event; the cron's event starts no other function", async () => {
	const seen: string[] = [];
	const both = inngest().createFunction(
		{ id: "both", retries: 0, triggers: [{ cron: "* * * * * *" }, { event: "test/both" }] },
		async ({ event }) => void seen.push(event.name),
	);
	await startTestEngine([both]);
	await inngest().send({ name: "test/both" });
	await until(() => seen.includes("inngest/scheduled.timer") && seen.includes("test/both"));
	await sleep(10);
	expect(seen.filter((name) => name === "test/both")).toHaveLength(1);
});
