import type { ChildProcess } from "node:child_process";
import { sleep } from "@/lib/time";

const DELAY_MS_MIN = 250;
const DELAY_MS_MAX = 10_000;
/** A child that lived this long starts again without the delay its predecessors earned. */
const CALM_MS = 60_000;

interface KeepAliveOptions {
	/** As told to people: "ClickHouse", "The web server". */
	name: string;
	/** The child that already runs. */
	child: ChildProcess;
	spawn(): ChildProcess;
	report(line: string): void;
}

export interface KeptChild {
	/** The process id of the child, or of the last one while the next has not started. */
	pid(): number;
	/** Asks the child to end by `ask`, kills it after `waitMs`, and starts no other. */
	stop(ask: (child: ChildProcess) => void, waitMs: number): Promise<void>;
}

/** Starts a child again whenever it dies, each time later, at least every ten seconds, until it is stopped. */
export function keepAlive({ name, child: first, spawn, report }: KeepAliveOptions): KeptChild {
	const stopping = new AbortController();
	let child = first;
	const watching = watch();

	async function watch(): Promise<void> {
		let deaths = 0;
		for (;;) {
			const startedAt = Date.now();
			const reason = await ended(child);
			if (stopping.signal.aborted) return;
			deaths = Date.now() - startedAt > CALM_MS ? 0 : deaths;
			const delayMs = restartDelayMs(deaths++);
			report(`${name} ended unexpectedly (${reason}); starting it again in ${delayMs / 1000} s`);
			await sleep(delayMs, stopping.signal);
			if (stopping.signal.aborted) return;
			child = spawn();
		}
	}

	return {
		pid: () => child.pid ?? 0,
		async stop(ask, waitMs) {
			stopping.abort();
			await endChild(child, ask, waitMs);
			await watching;
		},
	};
}

/** Waits before restart number `deaths` (from 0): doubling, bounded. */
export function restartDelayMs(deaths: number): number {
	return Math.min(DELAY_MS_MAX, DELAY_MS_MIN * 2 ** deaths);
}

/** Resolves with what ended the child, also when that is past: "exit code 1", "signal SIGKILL". */
export function ended(child: ChildProcess): Promise<string> {
	return new Promise((resolve) => {
		const settle = () => resolve(child.signalCode ? `signal ${child.signalCode}` : `exit code ${child.exitCode}`);
		if (child.exitCode !== null || child.signalCode !== null) settle();
		else {
			child.once("exit", settle);
			child.once("error", (error) => resolve(error.message)); // it could not be started at all
		}
	});
}

/** Asks a child to end by `ask`; kills it when it has not ended after `waitMs`. */
export async function endChild(child: ChildProcess, ask: (child: ChildProcess) => void, waitMs: number): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const kill = setTimeout(() => child.kill("SIGKILL"), waitMs);
	ask(child);
	await ended(child);
	clearTimeout(kill);
}
