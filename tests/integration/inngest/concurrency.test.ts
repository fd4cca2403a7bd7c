import { expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { sleep } from "@/lib/time";
import { ended, provideEngineBed, startTestEngine, until } from "./engine-bed";

provideEngineBed();

/** Counts what executes at the same time, in all and per key. */
function meter() {
	const now = new Map<string, number>();
	const peaks = new Map<string, number>();
	const add = (key: string, by: number) => {
		const count = (now.get(key) ?? 0) + by;
		now.set(key, count);
		peaks.set(key, Math.max(peaks.get(key) ?? 0, count));
	};
	return {
		peaks,
		async during(key: string, work: () => Promise<void>) {
			for (const each of ["all", key]) add(each, 1);
			await work();
			for (const each of ["all", key]) add(each, -1);
		},
	};
}

test("neither the limit of a key nor that of the function is ever exceeded, and both are used in full", async () => {
	const { peaks, during } = meter();
	const fn = inngest().createFunction(
		{
			id: "limited",
			retries: 3,
			concurrency: [{ key: "event.data.connection", limit: 2 }, { limit: 5 }],
			triggers: [{ event: "test/limited" }],
		},
		async ({ event, step, attempt }) => {
			const key = event.data.connection as string;
			await step.run("one", () => during(key, () => sleep(Math.random() * 20)));
			if (attempt === 0 && event.data.index === 7) throw new Error("once more");
			await Promise.all(["a", "b"].map((id) => step.run(id, () => during(key, () => sleep(Math.random() * 20)))));
		},
	);
	await Promise.all([startTestEngine([fn]), startTestEngine([fn])]);
	await inngest().send(
		Array.from({ length: 40 }, (_, index) => ({ name: "test/limited", data: { index, connection: `c${index % 4}` } })),
	);
	const runs = await ended("limited", 40);
	expect(runs.filter(({ status }) => status !== "completed")).toEqual([]);
	expect(Object.fromEntries(peaks)).toEqual({ all: 5, c0: 2, c1: 2, c2: 2, c3: 2 });
});

test("a key without room does not hold up the keys behind it", async () => {
	let release = () => {};
	const blocked = new Promise<void>((resolve) => {
		release = resolve;
	});
	const done: string[] = [];
	const fn = inngest().createFunction(
		{
			id: "starving",
			retries: 0,
			concurrency: { key: "event.data.connection", limit: 1 },
			triggers: [{ event: "test/starving" }],
		},
		async ({ event }) => {
			if (event.data.connection === "full") await blocked;
			done.push(event.data.connection as string);
		},
	);
	await startTestEngine([fn], { jobsMax: 4 });
	const full = Array.from({ length: 60 }, () => ({ name: "test/starving", data: { connection: "full" } }));
	await inngest().send(full);
	await inngest().send(["x", "y"].map((connection) => ({ name: "test/starving", data: { connection } })));
	await until(() => done.length === 2);
	expect(done.sort()).toEqual(["x", "y"]);
	release();
	await until(() => done.length === 62);
});

test("events that lack the key share one place", async () => {
	const { peaks, during } = meter();
	const fn = inngest().createFunction(
		{
			id: "keyless",
			retries: 0,
			concurrency: { key: "event.data.missing", limit: 1 },
			triggers: [{ event: "test/keyless" }],
		},
		async () => during("key", () => sleep(5)),
	);
	await startTestEngine([fn]);
	await inngest().send([{ name: "test/keyless" }, { name: "test/keyless" }, { name: "test/keyless" }]);
	await ended("keyless", 3);
	expect(peaks.get("all")).toBe(1);
});
