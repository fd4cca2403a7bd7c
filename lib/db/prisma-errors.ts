// Predicates instead of `instanceof`: the bundler may load Prisma more than once.

const STORE_DOWN = new Set([
	...["P1000", "P1001", "P1002", "P1003", "P1008", "P1010", "P1011", "P1017", "P2024", "P2037"],
	...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EPIPE", "EHOSTUNREACH", "ENETUNREACH"],
	// Deadlocks and writes that met another one: the same statement passes a moment later.
	...["P2034", "40P01", "40001"],
	// SQLSTATE: too many connections, server stops or starts, connection exceptions.
	...["53300", "57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006"],
]);

// Failures of the pool that come without a code.
const STORE_DOWN_MESSAGE =
	/^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|PGlite is closed)/;

const CAUSES_MAX = 5;

export function isUniqueViolation(error: unknown): boolean {
	return field(error, "code") === "P2002";
}

/** An update or delete met no row, or a `...OrThrow` query found none. */
export function isMissingRow(error: unknown): boolean {
	return field(error, "code") === "P2025";
}

export function isForeignKeyViolation(error: unknown): boolean {
	return field(error, "code") === "P2003";
}

/** The database could not be reached or is going away: the same call may succeed later. */
export function isStoreDown(error: unknown): boolean {
	let current = error;
	for (let depth = 0; depth < CAUSES_MAX && current; depth++) {
		const codes = [field(current, "code"), field(current, "originalCode")];
		if (codes.some((code) => code !== undefined && STORE_DOWN.has(code))) return true;
		if (STORE_DOWN_MESSAGE.test(field(current, "message") ?? "")) return true;
		current = causeOf(current);
	}
	return false;
}

function causeOf(error: unknown): unknown {
	const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
	return cause ?? meta?.driverAdapterError;
}

function field(value: unknown, name: "code" | "originalCode" | "message"): string | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const content = (value as Partial<Record<typeof name, unknown>>)[name];
	return typeof content === "string" ? content : undefined;
}
