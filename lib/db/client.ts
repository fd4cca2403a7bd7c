import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { lockFolder } from "@/lib/db/lock-folder";
import { migrate, pgSession } from "@/lib/db/migrate";
import { env, isBuilding } from "@/lib/env";
import { AppError, isAppError } from "@/lib/errors";

// The only file that knows where Postgres comes from: a server named by DATABASE_URL, or PGlite in the data folder.

export type DatabaseMode = "embedded" | "server";

/** What statements go through: the client itself or an open transaction. */
export type Store = Prisma.TransactionClient;

interface OpenOptions {
	/** Folder of the embedded database; given, it wins over the environment's DATABASE_URL. */
	dataDir?: string;
	databaseUrl?: string;
	/** How long to wait for a predecessor to leave the embedded database's folder; 8 seconds unless given. */
	lockWaitMs?: number;
}

interface Opened {
	client: PrismaClient;
	mode: DatabaseMode;
	close(): Promise<void>;
}

interface Cell {
	opening?: Promise<void>;
	opened?: Opened;
	closing?: Promise<void>;
}

const LOCK_WAIT_MS = 8000;
const CONNECT_TIMEOUT_MS = 10_000;
const TRANSACTION = { maxWait: 10_000, timeout: 15_000 };

// The option replaces postgresql.conf as a whole; these values save 160 MB against the defaults.
const POSTGRES_CONF = ["shared_buffers = 16MB", "max_connections = 8", "max_wal_size = 128MB"];

// Next builds instrumentation and routes as separate module graphs; only globalThis is common to them.
const CELL = Symbol.for("spanwise.database");

function cell(): Cell {
	const scope = globalThis as typeof globalThis & { [CELL]?: Cell };
	scope[CELL] ??= {};
	return scope[CELL];
}

/**
 * The Prisma client. Inside `$transaction(async (tx) => ...)` use `tx` only and await neither HTTP nor a model: the
 * embedded database has one connection, so anything else would wait for the transaction itself.
 */
export function db(): PrismaClient {
	return opened().client;
}

export function databaseMode(): DatabaseMode {
	return opened().mode;
}

function opened(): Opened {
	const { opened } = cell();
	if (!opened) throw new AppError("unavailable", "The database is not open");
	return opened;
}

/** Opens and migrates the database; calls while it is open or opening share the first call's result. */
export function openDatabase(options: OpenOptions = {}): Promise<void> {
	if (isBuilding()) return Promise.reject(new AppError("internal", "The database must not be opened during the build"));
	const shared = cell();
	shared.opening ??= open(options, shared.closing).then(
		(opened) => {
			shared.opened = opened;
		},
		(error: unknown) => {
			shared.opening = undefined;
			throw error;
		},
	);
	return shared.opening;
}

/** Waits for running statements, rolls open transactions back and closes; without effect when nothing is open. */
export async function closeDatabase(): Promise<void> {
	const shared = cell();
	const { opening } = shared;
	if (!opening) return shared.closing;
	shared.closing = opening
		.catch(() => undefined)
		.then(async () => {
			const { opened } = shared;
			shared.opened = undefined;
			await opened?.close();
		});
	shared.opening = undefined;
	await shared.closing;
}

async function open(options: OpenOptions, closing: Promise<void> | undefined): Promise<Opened> {
	await closing?.catch(() => undefined);
	const databaseUrl = options.databaseUrl ?? (options.dataDir ? undefined : env().DATABASE_URL);
	if (databaseUrl) return openServer(databaseUrl);
	return openEmbedded(options.dataDir ?? env().SPANWISE_DATA_DIR, options.lockWaitMs ?? LOCK_WAIT_MS);
}

async function openServer(connectionString: string): Promise<Opened> {
	const schema = new URL(connectionString).searchParams.get("schema") ?? undefined;
	const session = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
	session.on("error", () => undefined);
	try {
		await session.connect();
	} catch (error) {
		throw new AppError("unavailable", "The Postgres server of DATABASE_URL does not accept the connection", {
			cause: error,
		});
	}
	try {
		if (schema) await session.query(`SET search_path TO ${pg.escapeIdentifier(schema)}`);
		await migrate(pgSession(session));
	} finally {
		await session.end();
	}
	const adapter = new PrismaPg({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }, { schema });
	const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION });
	return { client, mode: "server", close: () => client.$disconnect() };
}

async function openEmbedded(dataDir: string, waitMs: number): Promise<Opened> {
	const folder = join(resolve(/* turbopackIgnore: true */ dataDir), "postgres");
	// PGlite takes no lock: a second process would open the same files and destroy what the first one wrote.
	const lock = await lockFolder(folder, { waitMs });
	try {
		const [{ PGlite }, { createPgConfig }] = await Promise.all([
			import("@electric-sql/pglite"),
			import("@electric-sql/pglite/node-postgres"),
		]);
		// A folder of its own: initdb wants it empty, and the lock lives beside it.
		const files = join(folder, "data");
		mkdirSync(/* turbopackIgnore: true */ files, { recursive: true, mode: 0o700 });
		const postgres = await PGlite.create({ dataDir: files, postgresqlconf: POSTGRES_CONF });
		try {
			await migrate(postgres);
			const config = createPgConfig(postgres);
			adaptConnection(config.connection, postgres);
			// A config, never a pool: the adapter tests pools by `instanceof`, which fails when pg is loaded twice.
			const adapter = new PrismaPg({ ...config, max: 1, idleTimeoutMillis: 0 });
			const client = new PrismaClient({ adapter, transactionOptions: TRANSACTION });
			const close = async () => {
				await client.$disconnect();
				await postgres.close();
				await lock.release();
			};
			return { client, mode: "embedded", close };
		} catch (error) {
			await postgres.close();
			throw error;
		}
	} catch (error) {
		await lock.release();
		if (isAppError(error)) throw error;
		throw new AppError("unavailable", `The embedded database in ${folder} does not open`, {
			cause: error,
			retryable: false,
		});
	}
}

type Emit = (event: string, ...values: unknown[]) => boolean;

interface Connection {
	connect(port: number, host: string): Promise<void>;
	parse(query: unknown): void;
	emit: Emit;
}

function adaptConnection(connection: Connection, postgres: { closed: boolean }): void {
	// The adapter sends parsers of results as `types`; PGlite takes the field for a list of parameter types and throws.
	const parse = connection.parse.bind(connection);
	connection.parse = (query) => {
		const { types } = query as { types?: unknown };
		parse(Array.isArray(types) ? query : { ...(query as object), types: undefined });
	};
	// PGlite answers in microtasks only: without a turn per statement, timers and sockets wait for half a second.
	const emit: Emit = connection.emit.bind(connection);
	connection.emit = (event, ...values) => {
		if (event !== "readyForQuery") return emit(event, ...values);
		setImmediate(() => emit(event, ...values));
		return true;
	}; // Prisma connects again when it is used after its end; PGlite would never answer then.
	const connect = connection.connect.bind(connection);
	connection.connect = async (port, host) => {
		if (postgres.closed) setImmediate(() => emit("error", new Error("PGlite is closed")));
		else await connect(port, host);
	};
}
