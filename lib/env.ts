import { z } from "zod";
import { type OutboundAllowance, parseOutboundAllowance } from "@/lib/env/outbound-allow";
import { AppError } from "@/lib/errors";

const text = z.string().trim().min(1);
const LOOPBACK = new Set(["127.0.0.1", "localhost", "::1"]);

/** Every variable the product reads, with its seed alias where one exists; `.env.example` lists the same keys. */
const schema = z.object({
	PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
	HOST: text.default("127.0.0.1"),
	SPANWISE_DATA_DIR: text.default(".spanwise"),
	CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).optional(),
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
	INNGEST_EVENT_KEY: text.optional(),
	INNGEST_SIGNING_KEY: text.optional(),
	INNGEST_SIGNING_KEY_FALLBACK: text.optional(),
	INNGEST_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
	INNGEST_SERVE_ORIGIN: text
		.refine((value) => value !== "*" && isOrigin(value), "must be an origin like https://spanwise.example.com")
		.optional(),
	SPANWISE_ENCRYPTION_KEY: text
		.refine(isKeyText, "must be 32 bytes, as 64 hex digits or in base64 (openssl rand -hex 32)")
		.optional(),
	SPANWISE_API_KEY: text.optional(),
	SPANWISE_CORS_ORIGINS: text
		.transform((value) => value.split(",").map((origin) => origin.trim()))
		.refine(
			(origins) => origins.every(isOrigin),
			"must be * or origins like https://app.example.com, separated by commas",
		)
		.optional(),
	SPANWISE_OUTBOUND_ALLOW: text
		.transform((value) => value.split(",").map((entry) => parseOutboundAllowance(entry.trim())))
		.refine(
			(entries): entries is OutboundAllowance[] => entries.every((entry) => entry !== null),
			"must be hosts, hosts with a port, addresses or networks like models.internal:8000 and 10.0.0.0/8, separated by commas",
		)
		.optional(),
	SPANWISE_TRACE_RETENTION_DAYS: z.coerce.number().positive().max(10_000).default(30),
	SPANWISE_TRACE_SWEEP_INTERVAL_MS: z.coerce.number().int().min(100).default(3_600_000),
	SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(3),
	SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: z.coerce.number().int().min(100).default(600_000),
	SPANWISE_JUDGE_TIMEOUT_MS: z.coerce.number().int().min(100).max(300_000).default(60_000),
});

function isKeyText(value: string): boolean {
	return /^[0-9a-fA-F]{64}$/.test(value) || Buffer.from(value, "base64").length === 32;
}

/** `*`, or scheme, host and port as a browser writes them. */
function isOrigin(value: string): boolean {
	return value === "*" || (/^https?:[^*]+$/.test(value) && URL.canParse(value) && new URL(value).origin === value);
}

export type Env = z.infer<typeof schema>;

const ALIASES: Partial<Record<keyof Env, string>> = {
	SPANWISE_API_KEY: "DOKIMOS_API_KEY",
	SPANWISE_TRACE_RETENTION_DAYS: "DOKIMOS_TRACE_RETENTION_DAYS",
	SPANWISE_TRACE_SWEEP_INTERVAL_MS: "DOKIMOS_TRACE_SWEEP_INTERVAL_MS",
	SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: "DOKIMOS_TRACE_EVAL_MAX_ATTEMPTS",
	SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: "DOKIMOS_TRACE_EVAL_CLAIM_TIMEOUT_MS",
};

export const ENV_KEYS: readonly string[] = [...Object.keys(schema.shape), ...Object.values(ALIASES)];

/** Reads and checks the environment. Throws one `invalid_input` that names every mistake, a sentence each. */
export function parseEnv(source: Record<string, string | undefined>): Env {
	const values: Record<string, string> = {};
	for (const key of Object.keys(schema.shape) as (keyof Env)[]) {
		const alias = ALIASES[key];
		const value = source[key] || (alias ? source[alias] : undefined);
		if (value) values[key] = value;
	}
	const parsed = schema.safeParse(values);
	const mistakes = parsed.success
		? consistencyMistakes(parsed.data)
		: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`);
	if (!parsed.success || mistakes.length > 0) throw new AppError("invalid_input", mistakes.join("\n"));
	return parsed.data;
}

function consistencyMistakes(env: Env): string[] {
	const mistakes: string[] = [];
	if (!listensOnLoopback(env) && !env.SPANWISE_API_KEY) {
		mistakes.push(
			`HOST is ${env.HOST}, which other machines can reach, but no key is configured: set SPANWISE_API_KEY or keep HOST on 127.0.0.1.`,
		);
	}
	if (Boolean(env.INNGEST_EVENT_KEY) !== Boolean(env.INNGEST_SIGNING_KEY)) {
		mistakes.push(
			"INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY go together: set both to use an Inngest server, or neither.",
		);
	}
	if (env.INNGEST_SIGNING_KEY_FALLBACK && !env.INNGEST_SIGNING_KEY) {
		mistakes.push("INNGEST_SIGNING_KEY_FALLBACK is the former key beside INNGEST_SIGNING_KEY, which is not set.");
	}
	return mistakes;
}

/** True on a laptop: nobody but this machine can reach the server. */
export function listensOnLoopback({ HOST }: Pick<Env, "HOST">): boolean {
	return LOOPBACK.has(HOST);
}

let cached: Env | undefined;

/** The checked environment of this process; lazy, so that `next build` needs none. */
export function env(): Env {
	cached ??= parseEnv(process.env);
	return cached;
}

/** An environment variable named by a user as the place of a credential; read at call time, undefined when unset. */
export function credentialFromEnv(name: string): string | undefined {
	return process.env[name] || undefined;
}

/** Process id of the supervisor that started this process; undefined when the platform runs the web application alone. */
export function supervisorPid(): number | undefined {
	const pid = Number(process.env.SPANWISE_SUPERVISOR_PID);
	return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** True while `next build` evaluates modules: no store may be opened then. */
export function isBuilding(): boolean {
	return process.env.NEXT_PHASE === "phase-production-build";
}
