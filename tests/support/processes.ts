import { readdirSync, readFileSync } from "node:fs";

// Everything here needs /proc: suites that use it are for Linux.
export const HAS_PROC = process.platform === "linux";

interface ProcessInfo {
	pid: number;
	parent: number;
	/** `Z` is a zombie: ended, not yet collected by its parent. */
	state: string;
	command: string;
}

function readProcess(pid: number): ProcessInfo | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The name in parentheses may hold anything, also parentheses.
		const [state = "", parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
		return { pid, parent: Number(parent), state, command };
	} catch {
		return null; // it ended between two reads
	}
}

export function isAlive(pid: number): boolean {
	const found = readProcess(pid);
	return found !== null && found.state !== "Z";
}

/** The living children of a process. */
export function childrenOf(pid: number): ProcessInfo[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => readProcess(Number(name)) ?? [])
		.filter((found) => found.parent === pid && found.state !== "Z");
}

/** Process ids of everything below a process. */
export function descendantsOf(pid: number): number[] {
	return childrenOf(pid).flatMap((child) => [child.pid, ...descendantsOf(child.pid)]);
}
