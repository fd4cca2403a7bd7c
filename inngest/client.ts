import { Inngest, type Logger } from "inngest";
import { env } from "@/lib/env";
import { randomHex } from "@/lib/ids";
import { logger } from "@/lib/logger";

// The only file that knows where Inngest comes from: a server named by its keys, or the engine inside this process.
// Functions, senders and the public route are the same in both modes.

export type InngestMode = "embedded" | "server";

/** `server` when both Inngest keys are set, else `embedded`: the engine in `inngest/embedded`. */
export function inngestMode(): InngestMode {
	const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = env();
	return INNGEST_EVENT_KEY && INNGEST_SIGNING_KEY ? "server" : "embedded";
}

/** Host and port of the Inngest server, for people to read; Inngest Cloud has no address of its own here. */
export function inngestHost(): string {
	const { INNGEST_BASE_URL } = env();
	return INNGEST_BASE_URL ? new URL(INNGEST_BASE_URL).host : "Inngest Cloud";
}

// Next builds instrumentation and routes as separate module graphs; only globalThis is common to them.
const CLIENT = Symbol.for("spanwise.inngest");

/** The client of this process, made at the first call: `next build` evaluates modules without an environment. */
export function inngest(): Inngest {
	const scope = globalThis as typeof globalThis & { [CLIENT]?: Inngest };
	scope[CLIENT] ??= inngestMode() === "server" ? openServerClient() : embeddedClient();
	return scope[CLIENT];
}

// `isDev: false` in both: in dev mode the public route would execute unsigned requests from anyone.
const COMMON = { id: "spanwise", aiMetadata: false, isDev: false };

interface ServerClientOptions {
	/** What a registration says beside the functions: another version is another registration. */
	appVersion?: string;
	/** Says nothing in the log: whoever calls reports failures. */
	quiet?: boolean;
}

/** A client of the Inngest server; only for `server` mode. */
export function openServerClient({ appVersion, quiet = false }: ServerClientOptions = {}): Inngest {
	const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_SIGNING_KEY_FALLBACK, INNGEST_BASE_URL } = env();
	return new Inngest({
		...COMMON,
		appVersion,
		logger: quiet ? SILENT : openSdkLogger(),
		eventKey: INNGEST_EVENT_KEY,
		signingKey: INNGEST_SIGNING_KEY,
		signingKeyFallback: INNGEST_SIGNING_KEY_FALLBACK,
		baseUrl: INNGEST_BASE_URL,
		// Older self-hosted servers lack the API, which would cost every step two seconds of retries.
		checkpointing: false,
	});
}

function embeddedClient(): Inngest {
	return new Inngest({
		...COMMON,
		logger: openSdkLogger(),
		eventKey: "embedded",
		// Known to nobody, so the public route answers 401 to everybody.
		signingKey: `signkey-embedded-${randomHex(32)}`,
		baseUrl: "http://embedded.invalid",
		checkpointing: { bufferedSteps: 1, maxRuntime: "30s" },
		fetch: async (input, init) => {
			const { engineFetch } = await import("@/inngest/embedded/engine-fetch");
			return engineFetch(input, init);
		},
	});
}

// The SDK logs whole errors, whose messages and causes may carry content; we keep its sentence and the kind of error.
function sdkLine(level: "warn" | "error", run: string | undefined, values: unknown[]): void {
	const text = values.find((value) => typeof value === "string") ?? "message";
	const fields = values.find((value) => typeof value === "object" && value !== null);
	const error = fields && "err" in fields && fields.err instanceof Error ? fields.err.name : undefined;
	// A function that asks to come back later is no trouble; the task says how often it was tried.
	if (error === "RetryAfterError") return;
	logger[level](`inngest: ${text}`, { run, error });
}

const SILENT: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function openSdkLogger(run?: string): Logger & { child(fields: { runID?: string }): Logger } {
	return {
		debug: () => undefined,
		info: () => undefined,
		warn: (...values) => sdkLine("warn", run, values),
		error: (...values) => sdkLine("error", run, values),
		// Called by the SDK for each run.
		child: ({ runID }) => openSdkLogger(runID),
	};
}
