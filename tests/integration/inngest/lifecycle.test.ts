import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { db } from "@/lib/db/client";
import { sleep } from "@/lib/time";
import { ended, provideEngineBed, runsOf, startTestEngine, until } from "./engine-bed";

provideEngineBed();

test("stop() lets running jobs end and starts nothing more", async () => {
	let started = 0;
	const fn = inngest().createFunction(
		{ id: "drained", retries: 0, concurrency: { limit: 2 }, triggers: [{ event: "test/drained" }] },
		async () => {
			started++;
			await sleep(200);
		},
	);
	const engine = await startTestEngine([fn]);
	await inngest().send([1, 2, 3, 4].map(() => ({ name: "test/drained" })));
	await until(() => started === 2);
	await engine.stop();
	expect((await runsOf("drained")).map(({ status }) => status).sort()).toEqual([
		"completed",
		"completed",
		"running",
		"running",
	]);
	await startTestEngine([fn]);
	await ended("drained", 4);
	expect(started).toBe(4);
});

test("a job that outlives the drain is given back at once, and its late results are refused", async () => {
	const ran: string[] = [];
	let release = () => {};
	const blocked = new Promise<void>((resolve) => {
		release = resolve;
	});
	const fn = inngest().createFunction(
		{ id: "late", retries: 0, triggers: [{ event: "test/late" }] },
		async ({ step }) => {
			const boot = await step.run("first", async () => {
				ran.push("first");
				if (ran.length > 1) return "second process";
				await blocked;
				return "first process";
			});
			return step.run("second", () => ran.push("second") && boot);
		},
	);
	const engine = await startTestEngine([fn], { drainMs: 50 });
	await inngest().send({ name: "test/late" });
	await until(() => ran.length === 1);
	await engine.stop();
	expect(await db().engineJob.findMany({ select: { leaseUntil: true } })).toEqual([{ leaseUntil: null }]);

	await startTestEngine([fn]);
	expect(await ended("late")).toEqual([{ status: "completed", output: "second process" }]);
	release();
	await sleep(300);
	expect(await runsOf("late")).toEqual([{ status: "completed", output: "second process" }]);
	expect(ran).toEqual(["first", "first", "second"]);
});

test("the lease of a long job is kept by heartbeats: no second engine takes it", async () => {
	let calls = 0;
	const fn = inngest().createFunction({ id: "long", retries: 0, triggers: [{ event: "test/long" }] }, async () => {
		calls++;
		await sleep(1500);
	});
	await startTestEngine([fn], { leaseMs: 300 });
	await startTestEngine([fn], { leaseMs: 300 });
	await inngest().send({ name: "test/long" });
	await ended("long");
	expect(calls).toBe(1);
});

test("a job whose lease ran out while the machine slept is not started a second time beside itself", async () => {
	let calls = 0;
	const fn = inngest().createFunction(
		{ id: "slept", retries: 0, concurrency: { limit: 1 }, triggers: [{ event: "test/slept" }] },
		async () => {
			calls++;
			await sleep(400);
		},
	);
	const engine = await startTestEngine([fn]);
	await inngest().send([{ name: "test/slept" }, { name: "test/slept" }]);
	await until(() => calls === 1);
	await db().engineJob.updateMany({ where: { leaseUntil: { not: null } }, data: { leaseUntil: new Date(0) } });
	engine.wake();
	await sleep(100);
	expect(calls).toBe(1);
	await ended("slept", 2);
	expect(calls).toBe(2);
});

test("a function that is being drained can still send events and store steps", async () => {
	let started = false;
	const fn = inngest().createFunction(
		{ id: "draining", retries: 0, triggers: [{ event: "test/draining" }] },
		async ({ step }) => {
			await step.run("slow", async () => {
				started = true;
				await sleep(100);
			});
			await step.sendEvent("late", { name: "test/late-event", id: "late-event" });
		},
	);
	const engine = await startTestEngine([fn]);
	await inngest().send({ name: "test/draining" });
	await until(() => started);
	await engine.stop();
	expect(await runsOf("draining")).toMatchObject([{ status: "completed" }]);
	expect(await db().engineEvent.count({ where: { id: "late-event" } })).toBe(1);
});

test("send() fails loudly while no engine runs", async () => {
	await expect(inngest().send({ name: "test/nobody" })).rejects.toThrow("503");
});
