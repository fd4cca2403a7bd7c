import { z } from "zod";
import type { SdkResponse } from "@/inngest/embedded/sdk-handler";
import { sleepDelay } from "@/inngest/embedded/sleep-delay";

/** What is kept of an error: not its causes, which may quote content. */
export interface StoredError {
	name: string;
	message: string;
	stack: string;
}

export type Operation =
	| { op: "done"; stepId: string; data: unknown }
	| { op: "failed"; stepId: string; error: StoredError; retry: boolean }
	| { op: "planned"; stepId: string }
	| { op: "sleep"; stepId: string; delayMs: number };

/** What a call of a function came to. */
export type Outcome =
	| { kind: "completed"; output: unknown }
	| { kind: "failed"; error: StoredError }
	| { kind: "retry"; error: StoredError; retryAfter?: string }
	| { kind: "operations"; operations: Operation[]; retryAfter?: string };

const Op = z.looseObject({
	op: z.string(),
	id: z.string(),
	name: z.string().nullish(),
	data: z.unknown().optional(),
	error: z.unknown().optional(),
	opts: z.record(z.string(), z.unknown()).nullish(),
});
const ErrorBody = z.looseObject({ name: z.string(), message: z.string(), stack: z.string().optional() });

/** Reads the SDK's answer. An operation the engine does not do fails the run by its name. */
export function readResponse({ status, headers, body }: SdkResponse): Outcome {
	const parsed = parseJson(body);
	const retryAfter = headers["retry-after"];
	if (status === 200) return { kind: "completed", output: parsed ?? null };
	if (status === 206) {
		// Version 1 discovers after each of several parallel steps.
		if (headers["x-inngest-req-version"] !== "2") return unsupported("optimizeParallelism: false");
		const ops = Op.array().min(1).safeParse(parsed);
		return ops.success ? readOperations(ops.data, retryAfter) : unsupported("this answer of the SDK");
	}
	const error = storedError(parsed);
	return headers["x-inngest-no-retry"] === "true" ? { kind: "failed", error } : { kind: "retry", error, retryAfter };
}

function readOperations(ops: z.infer<typeof Op>[], retryAfter: string | undefined): Outcome {
	const operations: Operation[] = [];
	for (const { op, id: stepId, name, data, error, opts } of ops) {
		const delayMs = op === "Sleep" ? sleepDelay(name ?? "") : undefined;
		if (opts?.parallelMode === "race") return unsupported("group.parallel in race mode");
		if (op === "RunComplete") return { kind: "completed", output: data ?? null };
		if (op === "StepRun") operations.push({ op: "done", stepId, data: data ?? null });
		else if (op === "StepPlanned") operations.push({ op: "planned", stepId });
		else if (delayMs !== undefined) operations.push({ op: "sleep", stepId, delayMs });
		else if (op === "StepError" || op === "StepFailed")
			operations.push({ op: "failed", stepId, error: storedError(error), retry: op === "StepError" });
		else return unsupported(op);
	}
	return { kind: "operations", operations, retryAfter };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function unsupported(what: string): Outcome {
	const message = `The embedded engine does not support ${what}`;
	return { kind: "failed", error: { name: "UnsupportedOperation", message, stack: "" } };
}

export function storedError(value: unknown): StoredError {
	const { success, data } = ErrorBody.safeParse(value);
	if (!success) return { name: "Error", message: "The function failed without an error", stack: "" };
	return { name: data.name, message: data.message, stack: data.stack ?? "" };
}
