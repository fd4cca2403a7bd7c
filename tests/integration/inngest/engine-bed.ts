import type { InngestFunction } from "inngest";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { db } from "@/lib/db/client";
import { sleep } from "@/lib/time";
import { closeTestDatabase, openTestDatabase } from "@/tests/support/database";

const running: Engine[] = [];

/** One empty database per file; engines stop after each test. */
export function provideEngineBed(): void {
	beforeAll(openTestDatabase);
	afterEach(async () => {
		await Promise.all(running.splice(0).map((engine) => engine.stop()));
	});
	afterAll(closeTestDatabase);
}

/** Starts an engine whose retries wait 20 ms instead of the schedule's 15 seconds and more. */
export async function startTestEngine(
	functions: InngestFunction.Any[],
	options: Omit<Parameters<typeof startEngine>[0], "functions"> = {},
): Promise<Engine> {
	const engine = await startEngine({ functions, backoff: () => 20, ...options });
	running.push(engine);
	return engine;
}

/** Waits until a condition holds; throws after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 45_000;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error("The condition never held");
		await sleep(10);
	}
}

/** Runs of a function, the oldest first, with what they returned or failed with. */
export async function runsOf(id: string): Promise<{ status: string; output: unknown }[]> {
	const runs = await db().engineRun.findMany({ where: { functionId: `spanwise-${id}` }, orderBy: { id: "asc" } });
	return runs.map(({ status, output }) => ({ status, output: output === null ? undefined : JSON.parse(output) }));
}

/** Waits until a function has `count` runs and all have ended. */
export async function ended(id: string, count = 1): Promise<{ status: string; output: unknown }[]> {
	await until(async () => {
		const runs = await runsOf(id);
		return runs.length >= count && runs.every(({ status }) => status !== "running");
	});
	return runsOf(id);
}
