import { StepError } from "inngest";
import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { db } from "@/lib/db/client";
import { ended, provideEngineBed, startTestEngine } from "./engine-bed";

provideEngineBed();

test("steps run once, in order, and hand their results on", async () => {
	const ran: string[] = [];
	const fn = inngest().createFunction(
		{ id: "in-order", retries: 0, triggers: [{ event: "test/in-order" }] },
		async ({ event, step }) => {
			const one = await step.run("one", () => ran.push("one") && (event.data.start as number) + 1);
			const two = await step.run("two", () => ran.push("two") && one + 1);
			return step.run("three", () => ran.push("three") && { two });
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/in-order", data: { start: 40 } });
	expect(await ended("in-order")).toEqual([{ status: "completed", output: { two: 42 } }]);
	expect(ran).toEqual(["one", "two", "three"]);
	expect(await db().engineJob.count()).toBe(0);
});

test("a step that is retried does not repeat the steps before it", async () => {
	const ran: string[] = [];
	const fn = inngest().createFunction(
		{ id: "flaky", retries: 2, triggers: [{ event: "test/flaky" }] },
		async ({ step }) => {
			await step.run("first", () => void ran.push("first"));
			await step.run("flaky", () => {
				ran.push("flaky");
				if (ran.length < 4) throw new Error("not yet");
			});
			await step.run("last", () => void ran.push("last"));
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/flaky" });
	expect((await ended("flaky"))[0]?.status).toBe("completed");
	expect(ran).toEqual(["first", "flaky", "flaky", "flaky", "last"]);
});

test("parallel steps overlap, each runs once, and code after them sees all results", async () => {
	let executing = 0;
	let peak = 0;
	let bodies = 0;
	const slow = (value: number) => async () => {
		bodies++;
		peak = Math.max(peak, ++executing);
		await new Promise((resolve) => setTimeout(resolve, 100));
		executing--;
		return value;
	};
	const fn = inngest().createFunction(
		{ id: "parallel", retries: 0, triggers: [{ event: "test/parallel" }] },
		async ({ step }) => {
			const before = await step.run("before", () => 1);
			const values = await Promise.all([step.run("a", slow(2)), step.run("b", slow(3)), step.run("c", slow(4))]);
			const after = await step.run("after", () => values.reduce((sum, value) => sum + value, before));
			return after;
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/parallel" });
	expect(await ended("parallel")).toEqual([{ status: "completed", output: 10 }]);
	expect({ bodies, peak }).toEqual({ bodies: 3, peak: 3 });
});

test("one of several parallel steps fails for good: the others end and the error can be caught", async () => {
	const fn = inngest().createFunction(
		{ id: "parallel-failure", retries: 1, triggers: [{ event: "test/parallel-failure" }] },
		async ({ step }) => {
			const results = await Promise.allSettled([
				step.run("good", () => "good"),
				step.run("bad", () => {
					throw new Error("bad");
				}),
			]);
			return results.map(({ status }) => status);
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/parallel-failure" });
	expect(await ended("parallel-failure")).toEqual([{ status: "completed", output: ["fulfilled", "rejected"] }]);
});

test("a sleep lasts as long as asked and holds no place", async () => {
	const moments: { at: number; step: string }[] = [];
	const note = (step: string) => void moments.push({ at: Date.now(), step });
	const fn = inngest().createFunction(
		{ id: "sleeper", retries: 0, concurrency: { limit: 1 }, triggers: [{ event: "test/sleeper" }] },
		async ({ step }) => {
			await step.run("before", () => note("before"));
			await step.sleep("nap", "1s");
			await step.sleepUntil("nap-until", new Date(Date.now() + 200));
			await step.run("after", () => note("after"));
		},
	);
	await startTestEngine([fn], { jobsMax: 1 });
	await inngest().send([{ name: "test/sleeper" }, { name: "test/sleeper" }]);
	expect((await ended("sleeper", 2)).map(({ status }) => status)).toEqual(["completed", "completed"]);
	// Both began before either went on.
	expect(moments.map(({ step }) => step)).toEqual(["before", "before", "after", "after"]);
	const [first, , third] = moments;
	expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
});

test("a sleep beside a step: both must end before the function goes on", async () => {
	const fn = inngest().createFunction(
		{ id: "sleep-beside", retries: 0, triggers: [{ event: "test/sleep-beside" }] },
		async ({ step }) => {
			const [, value] = await Promise.all([step.sleep("nap", "1s"), step.run("work", () => "done")]);
			return value;
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/sleep-beside" });
	expect(await ended("sleep-beside")).toEqual([{ status: "completed", output: "done" }]);
});

test("text with NUL characters and lone surrogates survives steps, events and results", async () => {
	const text = "a\0b \ud800 \\u0000 \u2028";
	const fn = inngest().createFunction(
		{ id: "nul", retries: 0, triggers: [{ event: "test/nul" }] },
		async ({ event, step }) => {
			const echoed = await step.run("echo", () => event.data.text as string);
			await step.sleep("nap", "1s");
			return step.run("again", () => ({ [echoed]: echoed }));
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/nul", data: { text } });
	expect(await ended("nul")).toEqual([{ status: "completed", output: { [text]: text } }]);
});

test("the error of a step reaches the function as a StepError with name and message", async () => {
	const fn = inngest().createFunction(
		{ id: "step-error", retries: 0, triggers: [{ event: "test/step-error" }] },
		async ({ step }) => {
			try {
				await step.run("fail", () => {
					throw new TypeError("wrong");
				});
			} catch (error) {
				return { step: error instanceof StepError, message: (error as Error).message };
			}
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/step-error" });
	expect(await ended("step-error")).toEqual([{ status: "completed", output: { step: true, message: "wrong" } }]);
});

test("step.sendEvent starts other functions, once per id", async () => {
	const child = inngest().createFunction(
		{ id: "fan-child", retries: 0, triggers: [{ event: "test/fan-child" }] },
		async ({ event }) => event.data.number,
	);
	const parent = inngest().createFunction(
		{ id: "fan-parent", retries: 0, triggers: [{ event: "test/fan-parent" }] },
		async ({ step }) => {
			const events = [1, 2, 3].map((number) => ({ name: "test/fan-child", id: `child:${number}`, data: { number } }));
			await step.sendEvent("fan-out", events);
			await step.sendEvent("fan-out-again", events);
		},
	);
	await startTestEngine([parent, child]);
	await inngest().send({ name: "test/fan-parent" });
	await ended("fan-parent");
	expect((await ended("fan-child", 3)).map(({ output }) => output)).toEqual([1, 2, 3]);
});

test("an operation the engine does not do fails the run and is named", async () => {
	const waits = inngest().createFunction(
		{ id: "waits", retries: 0, triggers: [{ event: "test/waits" }] },
		async ({ step }) => step.waitForEvent("other", { event: "test/other", timeout: "1m" }),
	);
	const races = inngest().createFunction(
		{ id: "races", retries: 0, triggers: [{ event: "test/races" }] },
		async ({ step, group }) =>
			group.parallel({ mode: "race" }, () => Promise.race([step.run("a", () => 1), step.run("b", () => 2)])),
	);
	await startTestEngine([waits, races]);
	await inngest().send([{ name: "test/waits" }, { name: "test/races" }]);
	expect(await ended("waits")).toMatchObject([
		{ status: "failed", output: { message: expect.stringContaining("WaitForEvent") } },
	]);
	expect(await ended("races")).toMatchObject([
		{ status: "failed", output: { message: expect.stringContaining("race") } },
	]);
});
