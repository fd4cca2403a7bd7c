import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { sleep } from "@/lib/time";

const SIZE = "768m";
const CHUNK = Buffer.alloc(4 * 1024 * 1024);
/** Set in the process that may mount: its mounts are seen by nobody else and end with the last process in it. */
const MARK = "SPANWISE_CHAOS_MAY_MOUNT";

/** A disk of its own, small, so that it can be filled without harm. */
export interface SmallDisk {
	/** Fills it to the last byte, about as fast as a disk can be written. */
	fill(): Promise<void>;
	free(): void;
	unmount(): void;
}

/**
 * Arguments that run this process again where it may mount a small disk: in a mount namespace of its own, for which an
 * ordinary user also needs a user namespace. Null when this process may already, or when the machine does not let anybody.
 */
export function mountingCommand(): string[] | null {
	if (process.env[MARK] || process.platform !== "linux") return null;
	const flags = process.getuid?.() === 0 ? ["--mount"] : ["--mount", "--map-root-user"];
	const tries = spawnSync("unshare", [...flags, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]);
	if (tries.status !== 0) return null;
	return ["unshare", ...flags, "env", `${MARK}=1`, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
}

/** Makes a small disk of a folder; null where nobody may mount. */
export function mountSmallDisk(folder: string): SmallDisk | null {
	if (!process.env[MARK]) return null;
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE},mode=0700`, "tmpfs", folder]);
	const ballast = join(folder, "ballast");
	return {
		async fill() {
			const file = openSync(ballast, "a", 0o600);
			try {
				for (let free = freeBytes(folder); free > 0; free = freeBytes(folder)) {
					writeSync(file, CHUNK, 0, Math.min(free, CHUNK.length));
					await sleep(4);
				}
			} finally {
				closeSync(file);
			}
		},
		free: () => rmSync(ballast, { force: true }),
		unmount: () => void execFileSync("umount", [folder]),
	};
}

function freeBytes(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}
