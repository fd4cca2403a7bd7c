import { Worker } from "node:worker_threads";
import { CodeError, type CodeErrorKind } from "@/lib/checks/code-error";
import { AppError } from "@/lib/errors";

/** What an evaluator's code said. A boolean stands for the best or the worst score of whatever range. */
export interface CodeResult {
	score: number | boolean;
	/** Null when it gave none; at most 10,000 characters. */
	reason: string | null;
}

export interface CodeLimits {
	timeoutMs: number;
	memoryBytes: number;
}

const MIB = 1024 * 1024;
const LIMITS: CodeLimits = { timeoutMs: 500, memoryBytes: 32 * MIB };
/** Loops inside the engine's own functions cannot be interrupted from within: the thread is ended so long after the time. */
const GRACE_MS = 1000;
const START_MS_MAX = 30_000;
// More than the engine's own stack needs, so that the engine notices first.
const STACK_MB = 8;

interface Request extends CodeLimits {
	source: string;
	json: string;
}

interface Failure {
	kind: CodeErrorKind;
	message?: string;
	line?: number | null;
}

type Reply = (CodeResult | Failure) & { spoilt?: boolean };

let worker: Worker | undefined;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs an evaluator's code over a JSON value. The code is an ECMAScript module that declares `function evaluate(span)` or
 * exports a function as its default; it gives back a finite number, a boolean or `{ score, reason }`, or a promise of one.
 *
 * It runs in an engine that is new for every call (QuickJS in WebAssembly), in a thread beside ours: of the host there is
 * nothing to reach, neither modules nor network nor timers. `Math.random` and `Date` work. Whatever it does ends when the time
 * (500 ms by the clock) is up or the memory (32 MiB, the value included) is used. One call runs at a time; the others wait.
 * What is the code's fault is a `CodeError`; `unavailable` when the thread does not start.
 */
export function runCode(source: string, input: unknown, limits: Partial<CodeLimits> = {}): Promise<CodeResult> {
	// The engine takes a text up to its first NUL.
	if (source.includes("\0")) return Promise.reject(new CodeError("syntax", "The code holds a NUL character"));
	const request: Request = { source, json: JSON.stringify(input ?? null), ...LIMITS, ...limits };
	const result = last.then(() => runAlone(request));
	last = result.catch(() => {});
	return result;
}

async function runAlone(request: Request): Promise<CodeResult> {
	worker ??= await startWorker();
	const reply = await ask(worker, request);
	if (reply.spoilt) await endWorker();
	if ("score" in reply) return { score: reply.score, reason: reply.reason };
	throw new CodeError(reply.kind, explain(reply, request), reply.line ?? null);
}

async function startWorker(): Promise<Worker> {
	const thread = new Worker(new URL("./code-sandbox.mjs", import.meta.url), {
		env: {},
		execArgv: [],
		resourceLimits: { stackSizeMb: STACK_MB },
	});
	// Without a listener an error of the thread would end the process.
	thread.on("error", () => {});
	thread.once("exit", () => {
		if (worker === thread) worker = undefined;
	});
	const ready = await answer<"ready" | null>(thread, START_MS_MAX, null);
	thread.unref();
	if (ready !== null) return thread;
	await thread.terminate();
	throw new AppError("unavailable", "The sandbox for evaluators' code did not start");
}

async function ask(thread: Worker, request: Request): Promise<Reply> {
	thread.ref();
	thread.postMessage(request);
	const reply = await answer<Reply | null>(thread, request.timeoutMs + GRACE_MS, { kind: "timeout", spoilt: true });
	thread.unref();
	return reply ?? { kind: "memory", spoilt: true };
}

/** The thread's next message; null when it ends without one. */
function answer<Message>(thread: Worker, timeoutMs: number, late: Message): Promise<Message | null> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => end(late), timeoutMs);
		const ended = () => end(null);
		function end(message: Message | null) {
			clearTimeout(timer);
			thread.off("message", end).off("exit", ended);
			resolve(message);
		}
		thread.once("message", end).once("exit", ended);
	});
}

async function endWorker(): Promise<void> {
	const thread = worker;
	worker = undefined;
	await thread?.terminate();
}

function explain({ kind, message, line }: Failure, { timeoutMs, memoryBytes }: CodeLimits): string {
	const where = line ? ` (line ${line})` : "";
	switch (kind) {
		case "timeout":
			return `The code did not end within ${timeoutMs} ms`;
		case "memory":
			return `The code needs more than ${Math.round(memoryBytes / MIB)} MiB of memory${where}`;
		case "syntax":
			return `The code cannot be read${where}: ${message}`;
		case "threw":
			return `The code failed${where}: ${message}`;
		case "bad_result":
			return `The code gave no score: ${message}`;
	}
}
