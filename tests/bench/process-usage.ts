import { readFileSync } from "node:fs";

// From /proc: NaN where there is none.

const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 200;

/** CPU time that a process with all its threads has used, in seconds. */
export function cpuSeconds(pid: number): number {
	const stat = read(`/proc/${pid}/stat`);
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Bytes of a process that are in memory now. */
export function residentBytes(pid: number): number {
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1]) * 1024;
}

export interface MemoryWatch {
	/** The most that was seen, in bytes, from the start on. */
	peak(): number;
	stop(): void;
}

export function watchMemory(pid: number): MemoryWatch {
	let peak = residentBytes(pid);
	const timer = setInterval(() => {
		peak = Math.max(peak, residentBytes(pid) || 0);
	}, SAMPLE_MS);
	return { peak: () => peak, stop: () => clearInterval(timer) };
}

function read(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}
