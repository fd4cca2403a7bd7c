import { functions } from "@/inngest";
import { inngest, inngestMode } from "@/inngest/client";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { publishProcessStarted } from "@/inngest/publish";
import { startRegistration } from "@/inngest/start-registration";
import { drainAccounting } from "@/lib/accounting/drain-accounting";
import { finishBrokenInserts, lastStoredBefore } from "@/lib/accounting/finish-broken-inserts";
import { closeClickhouse } from "@/lib/clickhouse/client";
import { drainInserts } from "@/lib/clickhouse/insert";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { closeDatabase, databaseMode, openDatabase } from "@/lib/db/client";
import { env, supervisorPid } from "@/lib/env";
import { toAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { hangFrontDoor } from "@/lib/receive/front-door";

const DRAIN_MS = 10_000;
const SUPERVISOR_CHECK_MS = 500;

/** Opens the stores, migrates them and starts the functions; ends the process with one line when that fails. */
export async function startProcess(): Promise<void> {
	exitWithSupervisor();
	// First of all: the port listens already, and exports that come during the start wait at the door.
	const openFrontDoor = hangFrontDoor();
	try {
		env();
		await openDatabase();
		await migrateClickhouse();
		await finishLastInserts();
		const engine = inngestMode() === "embedded" ? await startEngine({ functions: functions(inngest()) }) : undefined;
		drainOnExit(engine);
		openFrontDoor();
		if (engine) await publishProcessStarted().catch(() => logger.warn("start not announced, the next sweep will do"));
		else endOnSignal(startRegistration());
		logger.info("ready", { database: databaseMode(), functions: inngestMode() });
	} catch (error) {
		const failure = toAppError(error);
		const cause = failure.cause instanceof Error ? ` (${failure.cause.message})` : "";
		console.error(`Spanwise cannot start: ${failure.publicMessage}${cause}`);
		await closeDatabase().catch(() => undefined);
		process.exit(1);
	}
}

// A process that was killed may have left its last block half-way. What cannot be finished now is no reason not to start.
async function finishLastInserts(): Promise<void> {
	try {
		const until = new Date();
		const since = await lastStoredBefore(until);
		const spans = since ? await finishBrokenInserts({ since, until }) : 0;
		if (spans > 0) logger.warn("inserts that were broken off are finished", { spans });
	} catch (error) {
		logger.warn("inserts that were broken off are not finished", { error: toAppError(error).code });
	}
}

function endOnSignal(end: () => void): void {
	for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, end);
}

// Next closes its listener, waits for running requests and calls process.exit: only there everything is quiet.
function drainOnExit(engine: Engine | undefined): void {
	const exit = process.exit.bind(process);
	let draining = false;
	process.exit = ((code?: number) => {
		if (draining) return;
		draining = true;
		setTimeout(() => exit(code), DRAIN_MS).unref();
		drain(engine).finally(() => exit(code));
	}) as typeof process.exit;
	// A stream that never ends would keep Next waiting for ever.
	for (const signal of ["SIGTERM", "SIGINT"] as const) {
		process.once(signal, () => setTimeout(() => process.exit(0), DRAIN_MS).unref());
	}
}

async function drain(engine: Engine | undefined): Promise<void> {
	const steps = [() => engine?.stop(), drainInserts, drainAccounting, closeClickhouse, closeDatabase];
	for (const step of steps) {
		try {
			await step();
		} catch (error) {
			logger.warn("a store did not close cleanly", { error: error instanceof Error ? error.name : "unknown" });
		}
	}
}

// A supervisor killed with SIGKILL says nothing; without it this process would hold the data folder for ever.
function exitWithSupervisor(): void {
	const pid = supervisorPid();
	if (pid === undefined) return;
	setInterval(() => {
		try {
			process.kill(pid, 0);
		} catch {
			// At once: the supervisor's ClickHouse is gone too, so there is nothing to drain, and the port is wanted.
			process.kill(process.pid, "SIGKILL");
		}
	}, SUPERVISOR_CHECK_MS).unref();
}
