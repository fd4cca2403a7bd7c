import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { pruneEngine } from "@/inngest/embedded/retention";
import { db } from "@/lib/db/client";
import { ended, provideEngineBed, runsOf, startTestEngine, until } from "./engine-bed";

provideEngineBed();

const echo = (id: string, event: string, condition?: string) =>
	inngest().createFunction(
		{ id, retries: 0, triggers: [{ event, if: condition }] },
		async ({ event }) => event.data.value,
	);

test("an event id starts each function once, also when sent again later or twice in one request", async () => {
	await startTestEngine([echo("dedupe-a", "test/dedupe"), echo("dedupe-b", "test/dedupe")]);
	const event = { name: "test/dedupe", id: "one", data: { value: 1 } };
	await Promise.all([inngest().send([event, event]), inngest().send(event)]);
	await ended("dedupe-a");
	await inngest().send({ ...event, data: { value: 2 } });
	await inngest().send({ ...event, id: "two", data: { value: 3 } });
	expect((await ended("dedupe-a", 2)).map(({ output }) => output)).toEqual([1, 3]);
	expect((await ended("dedupe-b", 2)).map(({ output }) => output)).toEqual([1, 3]);
});

test("events without an id each start a run, and the answer names as many ids", async () => {
	await startTestEngine([echo("no-id", "test/no-id")]);
	const { ids } = await inngest().send([1, 2].map((value) => ({ name: "test/no-id", data: { value } })));
	expect(new Set(ids).size).toBe(2);
	await ended("no-id", 2);
});

test("an `if` lets only matching events start the function; what is missing does not match", async () => {
	await startTestEngine([echo("large", "test/if", "event.data.value > 10 && event.data.kind == 'x'")]);
	await inngest().send([
		{ name: "test/if", data: { value: 5, kind: "x" } },
		{ name: "test/if", data: { value: 20 } },
		{ name: "test/if", data: { value: 30, kind: "x" } },
		{ name: "test/other", data: { value: 40, kind: "x" } },
	]);
	expect(await ended("large")).toEqual([{ status: "completed", output: 30 }]);
});

test("an event with an unusable name is refused as a whole request", async () => {
	await startTestEngine([echo("refused", "test/refused")]);
	const events = [{ name: "test/refused" }, { name: "test/\0" }];
	await expect(inngest().send(events)).rejects.toThrow("Event refused: 1.name");
	expect(await runsOf("refused")).toEqual([]);
});

test("an accepted event starts executing within milliseconds", async () => {
	const waits: number[] = [];
	const fn = inngest().createFunction(
		{ id: "prompt", retries: 0, triggers: [{ event: "test/prompt" }] },
		async ({ event }) => void waits.push(performance.now() - (event.data.acceptedAt as number)),
	);
	await startTestEngine([fn]);
	for (let count = 1; count <= 20; count++) {
		await inngest().send({ name: "test/prompt", data: { acceptedAt: performance.now() } });
		await until(() => waits.length === count);
	}
	const median = waits.sort((a, b) => a - b)[10] ?? 0;
	console.log(`median from send to execution: ${median.toFixed(1)} ms`);
	expect(median).toBeLessThan(100);
});

test("pruneEngine() deletes what ended before a moment and keeps what still runs", async () => {
	const napper = inngest().createFunction(
		{ id: "napper", retries: 0, triggers: [{ event: "test/napper" }] },
		async ({ step }) => {
			await step.run("one", () => 1);
			await step.sleep("long", "1h");
		},
	);
	await startTestEngine([echo("old", "test/old"), napper]);
	await inngest().send([{ name: "test/old" }, { name: "test/napper" }]);
	await ended("old");
	await until(async () => (await db().engineJob.count({ where: { kind: "sleep" } })) === 1);
	expect(await pruneEngine(new Date(0))).toEqual({ runs: 0, events: 0 });
	await pruneEngine(new Date(Date.now() + 60_000));
	expect((await db().engineRun.findMany()).map(({ functionId }) => functionId)).toEqual(["spanwise-napper"]);
	expect(await db().engineStep.count()).toBe(2);
	expect(await db().engineEvent.count()).toBe(0);
});
