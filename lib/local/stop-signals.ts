import type { EventEmitter } from "node:events";

/** Ctrl-C arrives from the terminal and once more from npm, a few milliseconds apart. */
const SAME_SIGNAL_MS = 300;

/** Calls `stop` for the first SIGINT, SIGTERM or SIGHUP, and `force` for a second one given later on purpose. */
export function onStopSignals(
	source: Pick<EventEmitter, "on">,
	{ stop, force }: { stop(): void; force(): void },
	now: () => number = Date.now,
): void {
	let first: number | undefined;
	const receive = () => {
		if (first === undefined) {
			first = now();
			stop();
		} else if (now() - first > SAME_SIGNAL_MS) force();
	};
	for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) source.on(name, receive);
}

/** Calls `stop` once when the parent of this process is gone: npm hands SIGTERM to its shell, which dies without a word. */
export function onParentGone(stop: () => void, parentPid: () => number = () => process.ppid): void {
	const parent = parentPid();
	const poll = setInterval(() => {
		if (parentPid() === parent) return;
		clearInterval(poll);
		stop();
	}, 500);
	poll.unref();
}
