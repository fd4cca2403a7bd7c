import { setTimeout as pause } from "node:timers/promises";
import { noteRegistration } from "@/inngest/registration-state";
import { isSilent } from "@/inngest/silence";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

interface KeepOptions {
	/** Registers once, under a version when the server has to look at everything anew; throws when that failed. */
	register(version?: string): Promise<void>;
	/** The last tick of the server's cron; null before the first. */
	findLastTick(): Promise<Date | null>;
	/** Called after the first registration. */
	onRegistered(): Promise<void>;
	now?(): Date;
	/** Waits; rejects when `signal` aborts. Never keeps the process alive. */
	wait?(ms: number, signal: AbortSignal): Promise<void>;
}

const FIRST_RETRY_MS = 500;
const RETRY_MS_MAX = 30_000;
const CHECK_MS = 30_000;

/**
 * Registers with the Inngest server, as often as it takes, then watches its cron: servers have lost their schedule over a
 * restart and found it again only when the application registered anew. One log line when it fails first, one when it
 * succeeds, however long that takes. The result ends it.
 */
export function keepRegistered(options: KeepOptions): () => void {
	const stopped = new AbortController();
	keep(options, stopped.signal).catch(() => {
		if (!stopped.signal.aborted) logger.error("inngest: the registration is not watched any more");
	});
	return () => stopped.abort();
}

async function keep(options: KeepOptions, signal: AbortSignal): Promise<never> {
	const { findLastTick, onRegistered, now = () => new Date(), wait = waitAside } = options;
	const attempts = await registerUntilDone(() => options.register(), wait, signal);
	logger.info("inngest: registered", { attempts });
	await onRegistered().catch(() => logger.warn("start not announced, the next sweep will do"));
	let since = now();
	let silent = false;
	for (;;) {
		await wait(CHECK_MS, signal);
		// Without the database nobody knows; the health of the stores tells that.
		const lastTick = await findLastTick().catch(() => undefined);
		if (lastTick === undefined) continue;
		if (silent && lastTick !== null && lastTick > since) {
			silent = false;
			logger.info("inngest: the cron ticks again");
		}
		if (!isSilent(lastTick, since, now())) continue;
		if (!silent) logger.warn("inngest: no cron tick for three minutes, registering again");
		silent = true;
		const version = now().toISOString();
		const attempts = await registerUntilDone(() => options.register(version), wait, signal);
		if (attempts > 1) logger.info("inngest: registered", { attempts });
		since = now();
	}
}

type Wait = NonNullable<KeepOptions["wait"]>;

/** Returns how many attempts it took. */
async function registerUntilDone(register: () => Promise<void>, wait: Wait, signal: AbortSignal): Promise<number> {
	for (let attempt = 0; ; attempt++) {
		try {
			await register();
			noteRegistration("registered");
			return attempt + 1;
		} catch (error) {
			noteRegistration("failing");
			const reason = isAppError(error) ? error.publicMessage : "unknown";
			if (attempt === 0) logger.warn("inngest: not registered yet, trying again", { reason });
		}
		await wait(Math.min(FIRST_RETRY_MS * 2 ** attempt, RETRY_MS_MAX), signal);
	}
}

function waitAside(ms: number, signal: AbortSignal): Promise<void> {
	return pause(ms, undefined, { ref: false, signal });
}
