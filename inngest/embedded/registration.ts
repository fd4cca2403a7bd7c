import { z } from "zod";
import { compileExpression, type Expression } from "@/inngest/embedded/expression";
import type { SdkHandler } from "@/inngest/embedded/sdk-handler";
import { openTicks, type Ticks } from "@/inngest/embedded/ticks";
import { AppError } from "@/lib/errors";

/** A function as the engine runs it. */
export interface EngineFunction {
	id: string;
	events: { name: string; condition?: Expression }[];
	crons: { pattern: string; ticks: Ticks }[];
	limits: { limit: number; key?: Expression }[];
	attemptsMax: number;
}

// The functions' own registration, as the SDK would send it to a server.
const Concurrency = z.strictObject({ limit: z.int().min(0), key: z.string().optional() });
const Registered = z.looseObject({
	id: z.string(),
	triggers: z.array(z.record(z.string(), z.string().optional())),
	steps: z.looseObject({ step: z.looseObject({ retries: z.object({ attempts: z.int().min(0) }).optional() }) }),
});
const Registration = z.looseObject({ functions: z.array(Registered) });

const HONOURED = new Set(["id", "name", "triggers", "steps", "concurrency"]);
const TRIGGER_HONOURED = new Set(["event", "expression", "cron"]);
const FAILED = "inngest/function.failed";
/** Retries of a function that sets none, as on an Inngest server. */
const RETRIES_DEFAULT = 4;

/**
 * Reads what the functions ask for. Throws when one asks for something the engine does not do, naming the function and
 * the option: a limit that is silently ignored would be found out in production.
 */
export async function readRegistration(call: SdkHandler): Promise<Map<string, EngineFunction>> {
	const response = await call({
		method: "PUT",
		headers: { "x-inngest-sync-kind": "in_band" },
		body: { url: "http://embedded.invalid/api/inngest" },
	});
	if (response.status !== 200) throw new AppError("internal", "The background functions could not be registered");
	const { functions } = Registration.parse(JSON.parse(response.body));
	const mistakes: string[] = [];
	const read = functions.map((fn) => readFunction(fn, (text) => mistakes.push(`Function ${fn.id}: ${text}.`)));
	if (mistakes.length > 0) throw new AppError("invalid_input", mistakes.join("\n"));
	return new Map(read.map((fn) => [fn.id, fn]));
}

function readFunction(fn: z.infer<typeof Registered>, complain: (text: string) => void): EngineFunction {
	const unsupported = (option: string) => complain(`the embedded engine does not support ${option}`);
	const attempt = <Value>(option: string, make: () => Value): Value | undefined => {
		try {
			return make();
		} catch {
			return void complain(`${option} cannot be read`);
		}
	};
	for (const [option, value] of Object.entries(fn)) {
		if (!HONOURED.has(option) && value !== undefined) unsupported(option);
	}
	const read: EngineFunction = {
		id: fn.id,
		events: [],
		crons: [],
		limits: [],
		attemptsMax: (fn.steps.step.retries?.attempts ?? RETRIES_DEFAULT) + 1,
	};
	for (const trigger of fn.triggers) {
		for (const [option, value] of Object.entries(trigger)) {
			if (!TRIGGER_HONOURED.has(option) && value !== undefined) unsupported(`the trigger option ${option}`);
		}
		const { event: name, cron: pattern, expression } = trigger;
		if (name?.includes("*") || (name?.startsWith("inngest/") && name !== FAILED)) unsupported(`the event ${name}`);
		if (name) {
			const condition = expression ? attempt(`if ${expression}`, () => compileExpression(expression)) : undefined;
			read.events.push({ name, condition });
		}
		const ticks = pattern ? attempt(`cron ${pattern}`, () => openTicks(pattern)) : undefined;
		if (pattern && ticks) read.crons.push({ pattern, ticks });
	}
	for (const entry of [fn.concurrency ?? []].flat()) {
		const parsed = Concurrency.safeParse(typeof entry === "number" ? { limit: entry } : entry);
		if (!parsed.success) {
			unsupported(`concurrency ${JSON.stringify(entry)}`);
			continue;
		}
		const { limit, key } = parsed.data;
		const value = key ? attempt(`the concurrency key ${key}`, () => compileExpression(key)) : undefined;
		// A server takes 0 for "no limit".
		if (limit > 0) read.limits.push({ limit, key: value });
	}
	return read;
}
