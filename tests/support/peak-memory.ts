import { readFileSync } from "node:fs";

/** The most memory that a process ever had resident, in bytes. Needs /proc. */
export function peakMemoryBytes(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}
