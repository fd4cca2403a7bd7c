import { type InngestMode, inngestHost, inngestMode } from "@/inngest/client";
import { type RegistrationState, registrationState } from "@/inngest/registration-state";
import { isSilent } from "@/inngest/silence";
import { findLastBeat } from "@/lib/health/find-last-beat";

/** How what runs the background functions is doing. Holds no key. */
export interface EngineHealth {
	mode: InngestMode;
	status: "ok" | "degraded";
	/** What it is, for people. */
	about: string;
	/** Host of the Inngest server; null for the embedded engine. */
	server: string | null;
	/** Null for the embedded engine, which asks nobody. */
	registration: RegistrationState | null;
	/** Whole seconds since the last tick of the sweep, which comes every minute; null before the first, or unknown. */
	lastTickSeconds: number | null;
	/** What is wrong, in one sentence; null when nothing is. */
	trouble: string | null;
}

const PROCESS_STARTED = new Date(performance.timeOrigin);

/** Never throws: a database that does not answer is told as trouble. */
export async function readEngineHealth(now: Date = new Date(), startedAt = PROCESS_STARTED): Promise<EngineHealth> {
	const mode = inngestMode();
	const registration = mode === "server" ? registrationState() : null;
	const lastTick = await findLastBeat("sweep").catch(() => undefined);
	const trouble = findTrouble(registration, lastTick, startedAt, now);
	return {
		mode,
		status: trouble ? "degraded" : "ok",
		about: mode === "server" ? "Inngest server" : "embedded engine: this machine only, no Inngest UI",
		server: mode === "server" ? inngestHost() : null,
		registration,
		lastTickSeconds: lastTick ? Math.max(0, Math.floor((now.getTime() - lastTick.getTime()) / 1000)) : null,
		trouble,
	};
}

function findTrouble(
	registration: RegistrationState | null,
	lastTick: Date | null | undefined,
	startedAt: Date,
	now: Date,
): string | null {
	if (lastTick === undefined) return "The database does not say when the cron ticked last.";
	if (registration === "failing") return "The application could not register with the Inngest server yet.";
	if (!isSilent(lastTick, startedAt, now)) return null;
	return registration === "outside"
		? "No cron tick for three minutes: set INNGEST_SERVE_ORIGIN, or register with a PUT to /api/inngest."
		: "No cron tick for three minutes.";
}
