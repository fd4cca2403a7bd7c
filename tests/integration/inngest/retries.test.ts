import { NonRetriableError, RetryAfterError } from "inngest";
import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { ended, provideEngineBed, startTestEngine } from "./engine-bed";

provideEngineBed();

/** What the schedule of an Inngest server waits at least; how late a busy machine is says nothing. */
const SCHEDULED_MS_MIN = 15_000;

test("RetryAfterError sets the wait before the next attempt, to the millisecond when given as a date", async () => {
	const attempts: number[] = [];
	const fn = inngest().createFunction(
		{ id: "retry-after", retries: 2, triggers: [{ event: "test/retry-after" }] },
		async ({ step }) =>
			step.run("call", () => {
				attempts.push(Date.now());
				if (attempts.length === 1) throw new RetryAfterError("slow down", new Date(Date.now() + 300));
				if (attempts.length === 2) throw new RetryAfterError("slow down", 1000);
				return "done";
			}),
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/retry-after" });
	expect(await ended("retry-after")).toEqual([{ status: "completed", output: "done" }]);
	const [first = 0, second = 0, third = 0] = attempts;
	expect(second - first).toBeGreaterThanOrEqual(299);
	expect(second - first).toBeLessThan(SCHEDULED_MS_MIN);
	expect(third - second).toBeGreaterThanOrEqual(999);
	expect(third - second).toBeLessThan(SCHEDULED_MS_MIN);
});

test("without RetryAfterError the backoff is asked with the number of the failed attempt", async () => {
	const asked: number[] = [];
	const seen: number[] = [];
	const fn = inngest().createFunction(
		{ id: "backoff", retries: 3, triggers: [{ event: "test/backoff" }] },
		async ({ attempt }) => {
			seen.push(attempt);
			if (attempt < 3) throw new Error("again");
		},
	);
	await startTestEngine([fn], { backoff: (attempt) => asked.push(attempt) });
	await inngest().send({ name: "test/backoff" });
	await ended("backoff");
	expect(asked).toEqual([0, 1, 2]);
	expect(seen).toEqual([0, 1, 2, 3]);
});

test("NonRetriableError ends the run at once and onFailure gets the original event and the error", async () => {
	let calls = 0;
	const failures: unknown[] = [];
	const fn = inngest().createFunction(
		{
			id: "final",
			retries: 5,
			triggers: [{ event: "test/final" }],
			onFailure: async ({ event, error }) => {
				failures.push({ task: event.data.event.data.task, run: event.data.run_id.length > 0, message: error.message });
			},
		},
		async ({ step }) => {
			await step.run("call", () => {
				calls++;
				throw new NonRetriableError("no such model");
			});
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/final", data: { task: "t1" } });
	expect(await ended("final")).toMatchObject([{ status: "failed", output: { message: "no such model" } }]);
	await ended("final-failure");
	expect(calls).toBe(1);
	expect(failures).toEqual([{ task: "t1", run: true, message: "no such model" }]);
});

test("a function that used up its attempts fails once, and only its own onFailure runs", async () => {
	let calls = 0;
	const failures: string[] = [];
	const make = (id: string, fail: boolean) =>
		inngest().createFunction(
			{ id, retries: 2, triggers: [{ event: "test/exhausted" }], onFailure: async () => void failures.push(id) },
			async () => {
				if (!fail) return;
				calls++;
				throw new Error("always");
			},
		);
	await startTestEngine([make("exhausted", true), make("untroubled", false)]);
	await inngest().send({ name: "test/exhausted" });
	expect((await ended("exhausted"))[0]?.status).toBe("failed");
	expect((await ended("untroubled"))[0]?.status).toBe("completed");
	await ended("exhausted-failure");
	expect(calls).toBe(3);
	expect(failures).toEqual(["exhausted"]);
});

test("an error without a step is retried as a whole and may succeed", async () => {
	let calls = 0;
	const fn = inngest().createFunction(
		{ id: "stepless", retries: 1, triggers: [{ event: "test/stepless" }] },
		async () => {
			if (++calls === 1) throw new Error("first");
			return calls;
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/stepless" });
	expect(await ended("stepless")).toEqual([{ status: "completed", output: 2 }]);
});
