import { readFileSync } from "node:fs";

const SAMPLE_MS = 250;
const MIB = 1024 * 1024;

interface Sample {
	at: number;
	pid: number;
	bytes: number;
}

export interface MemoryWatch {
	/** The largest resident size between two moments, in MiB, and 0 when there was no process. */
	peakMib(from: number, to: number): number;
	stop(): void;
}

/** Samples the resident size of a process that may be another one every time. */
export function watchMemory(find: () => number | null): MemoryWatch {
	const samples: Sample[] = [];
	const timer = setInterval(() => {
		const pid = find();
		const bytes = pid === null ? null : residentBytes(pid);
		if (pid !== null && bytes !== null) samples.push({ at: Date.now(), pid, bytes });
	}, SAMPLE_MS);
	return {
		peakMib: (from, to) => {
			const within = samples.filter(({ at }) => at >= from && at <= to).map(({ bytes }) => bytes);
			return Math.round(Math.max(0, ...within) / MIB);
		},
		stop: () => clearInterval(timer),
	};
}

function residentBytes(pid: number): number | null {
	try {
		const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
		return kib ? Number(kib) * 1024 : null;
	} catch {
		return null; // it has just ended
	}
}
