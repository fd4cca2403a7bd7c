import { inngest } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { closeTestDatabase, openTestDatabase } from "@/tests/support/database";

const RUNS = 2000;
const BATCH = 100;

/** Runs of a function without steps per second, from the first event sent to the last run finished. */
export async function benchEngine(): Promise<{ runsPerSecond: number }> {
	await openTestDatabase();
	let finished = 0;
	const stepless = inngest().createFunction(
		{ id: "bench-stepless", retries: 0, triggers: [{ event: "bench/started" }] },
		async () => {
			finished++;
		},
	);
	const engine = await startEngine({ functions: [stepless] });
	try {
		await runBatch(BATCH);
		await engine.idle();
		finished = 0;
		const startedAt = performance.now();
		for (let sent = 0; sent < RUNS; sent += BATCH) await runBatch(BATCH);
		await engine.idle();
		const seconds = (performance.now() - startedAt) / 1000;
		if (finished !== RUNS) throw new Error(`${finished} of ${RUNS} runs finished`);
		return { runsPerSecond: Math.round(RUNS / seconds) };
	} finally {
		await engine.stop();
		await closeTestDatabase();
	}
}

async function runBatch(size: number): Promise<void> {
	await inngest().send(Array.from({ length: size }, (_, index) => ({ name: "bench/started", data: { index } })));
}
