import type { EngineFunction } from "@/inngest/embedded/registration";

/** What the SDK's requests need of the engine. */
export interface RunningEngine {
	functions: ReadonlyMap<string, EngineFunction>;
	wake(): void;
}

// Next builds instrumentation and routes as separate module graphs; only globalThis is common to them.
const ENGINES = Symbol.for("spanwise.engines");

function engines(): Set<RunningEngine> {
	const scope = globalThis as typeof globalThis & { [ENGINES]?: Set<RunningEngine> };
	scope[ENGINES] ??= new Set();
	return scope[ENGINES];
}

/** The engine of this process; the latest when it has several, as in tests. */
export function runningEngine(): RunningEngine | undefined {
	return [...engines()].at(-1);
}

/** Makes an engine known to the process; the result makes it unknown again. */
export function announceEngine(engine: RunningEngine): () => void {
	engines().add(engine);
	return () => engines().delete(engine);
}
