import { logger } from "@/lib/logger";

export interface Loop {
	/** Looks now, or once more after the look that is under way. */
	wake(): void;
	busy(): boolean;
	/** Resolves when no look is under way. */
	settled(): Promise<void>;
	/** Starts no further look and waits for the one under way. */
	stop(): Promise<void>;
}

const TROUBLE_MS = 1000;

/** Calls `look` when woken and when the milliseconds it answered are over; never twice at a time. */
export function openLoop(look: () => Promise<number>): Loop {
	let woken = false;
	let stopped = false;
	let looking: Promise<void> | undefined;
	let timer: NodeJS.Timeout | undefined;

	function wake(): void {
		woken = true;
		if (stopped || looking) return;
		looking = turn().finally(() => {
			looking = undefined;
			if (woken) wake();
		});
	}

	async function turn(): Promise<void> {
		clearTimeout(timer);
		woken = false;
		const waitMs = await look().catch((error: unknown) => {
			logger.error("engine: the database does not answer", { error: error instanceof Error ? error.name : "unknown" });
			woken = false;
			return TROUBLE_MS;
		});
		if (!stopped) timer = setTimeout(wake, waitMs);
	}

	return {
		wake,
		busy: () => looking !== undefined,
		async settled() {
			while (looking) await looking;
		},
		async stop() {
			stopped = true;
			clearTimeout(timer);
			await looking;
		},
	};
}
