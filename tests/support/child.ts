import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface Child {
	pid: number;
	/** Everything said so far, a line each. */
	lines: string[];
	/** Waits until there are `count` lines; throws when the child ends before. */
	said(count: number): Promise<string[]>;
	kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Runs a TypeScript file as a process of its own. */
export function startChild(file: string, ...args: string[]): Child {
	const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", file, ...args], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const lines: string[] = [];
	let rest = "";
	child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
		const parts = (rest + chunk).split("\n");
		rest = parts.pop() ?? "";
		lines.push(...parts);
	});
	const ended = once(child, "close");
	return {
		pid: child.pid ?? 0,
		lines,
		async said(count) {
			while (lines.length < count) {
				const next = await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), ended.then(() => null)]);
				if (!next && lines.length < count) throw new Error(`${file} ended early`);
			}
			return lines;
		},
		async kill(signal = "SIGKILL") {
			child.kill(signal);
			await ended;
		},
	};
}
