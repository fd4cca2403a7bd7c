import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkAnswer, type FuzzAnswer } from "@/tests/fuzz/check-answer";
import { type FuzzCase, makeCase } from "@/tests/fuzz/fuzz-case";
import type { FuzzTarget } from "@/tests/fuzz/http-target";

export interface FuzzOptions {
	target: FuzzTarget;
	seed: number;
	/** The first case. */
	from: number;
	count: number;
	/** Requests at a time. */
	senders: number;
	/** The name of the project that most spans are for. */
	project: string;
	/** Where bodies of failing cases are kept. */
	folder: string;
	/** Told each failure in one line, as it happens. */
	report?: (line: string) => void;
	/** Called with each case that was answered as it must be; says what else is wrong. */
	answered?: (fuzzed: FuzzCase, answer: FuzzAnswer) => Promise<string[]>;
}

export interface FuzzOutcome {
	sent: number;
	/** How often each status was answered. */
	statuses: Record<string, number>;
	failures: string[];
	seconds: number;
}

/** After so many the rest would say nothing new. */
const FAILURES_MAX = 50;

/** Sends the cases of a seed, several at a time, and judges every answer. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzOutcome> {
	const { target, seed, from, count, senders, project, folder, report = () => {}, answered } = options;
	const outcome: FuzzOutcome = { sent: 0, statuses: {}, failures: [], seconds: 0 };
	const started = performance.now();
	let next = from;
	const fail = (fuzzed: FuzzCase, faults: string[]) => {
		const { index, kind, signal, headers, path } = fuzzed;
		const file = join(folder, `seed-${seed}-case-${index}.body`);
		mkdirSync(folder, { recursive: true });
		writeFileSync(file, fuzzed.body);
		const line = `seed ${seed} case ${index} (${kind}, ${signal}, POST ${path}, ${JSON.stringify(headers)}): ${faults.join("; ")}; body in ${file}`;
		outcome.failures.push(line);
		report(line);
	};
	const sender = async () => {
		while (next < from + count && outcome.failures.length < FAILURES_MAX) {
			const fuzzed = makeCase(seed, next++, project);
			let answer: FuzzAnswer | null;
			try {
				answer = await target.send(fuzzed);
			} catch (error) {
				fail(fuzzed, [`no answer: ${error instanceof Error ? error.message : String(error)}`]);
				continue;
			}
			outcome.sent += 1;
			const status = answer?.status ?? "hung up";
			outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1;
			if (!answer) continue;
			let faults = checkAnswer(fuzzed, answer);
			if (faults.length === 0 && answered) {
				faults = await answered(fuzzed, answer).catch((error: unknown) => [String(error)]);
			}
			if (faults.length > 0) fail(fuzzed, faults);
		}
	};
	await Promise.all(Array.from({ length: senders }, sender));
	outcome.seconds = (performance.now() - started) / 1000;
	return outcome;
}
