import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { db } from "@/lib/db/client";
import { ended, provideEngineBed, startTestEngine } from "./engine-bed";

provideEngineBed();

const CANARY = "canary-7f3a";

async function everythingStored(): Promise<string> {
	const [events, runs, steps, jobs] = await Promise.all([
		db().engineEvent.findMany(),
		db().engineRun.findMany(),
		db().engineStep.findMany(),
		db().engineJob.findMany(),
	]);
	return JSON.stringify([events, runs, steps, jobs]);
}

test("what a step computes but does not return is stored nowhere: locals, arguments, causes of errors", async () => {
	const fn = inngest().createFunction(
		{ id: "secretive", retries: 1, triggers: [{ event: "test/secretive" }], onFailure: async () => {} },
		async ({ step, attempt }) => {
			const prompt = `${CANARY} local`;
			await step.run("argument", (text: string) => text.length, `${CANARY} argument`);
			await step.run("local", () => prompt.length);
			const judged = step.run("judge", () => {
				throw new Error("judge failed", { cause: new Error(`${CANARY} cause ${attempt}`) });
			});
			await judged.catch(() => prompt.length);
			throw new Error("run failed", { cause: { body: `${CANARY} response` } });
		},
	);
	await startTestEngine([fn]);
	await inngest().send({ name: "test/secretive", data: { taskId: "t1" } });
	expect((await ended("secretive"))[0]?.status).toBe("failed");
	await ended("secretive-failure");
	const stored = await everythingStored();
	expect(stored).toContain("judge failed");
	expect(stored).not.toContain(CANARY);
});
