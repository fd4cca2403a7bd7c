import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { AppError } from "@/lib/errors";
import { endChild, ended } from "@/lib/local/keep-alive";
import { projectRoot } from "@/lib/local/project-root";
import type { Environment } from "@/lib/local/read-environment";

interface Tool {
	/** As told to people: "The build". */
	name: string;
	/** Arguments of Node. */
	args: string[];
	environment: Environment;
	/** Keeps what the tool printed. */
	logPath: string;
	verbose?: boolean;
	signal?: AbortSignal;
}

const TAIL_LINES = 40;

/** Runs a tool of the project to its end; throws `internal` with the end of its output when it fails. */
export async function runTool({ name, args, environment, logPath, verbose, signal }: Tool): Promise<void> {
	signal?.throwIfAborted();
	const child = spawn(process.execPath, args, {
		cwd: projectRoot,
		env: { ...environment, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const log = createWriteStream(logPath, { mode: 0o600 });
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			output = (output + text).slice(-64_000);
			log.write(text);
			if (verbose) process.stderr.write(text);
		});
	}
	const onAbort = () => void endChild(child, () => child.kill("SIGTERM"), 3000);
	signal?.addEventListener("abort", onAbort, { once: true });
	const closed = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
	const end = await ended(child);
	await closed;
	signal?.removeEventListener("abort", onAbort);
	log.end();
	if (end === "exit code 0") return;
	const tail = output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
	throw new AppError("internal", `${name} failed (${end}); its whole output is in ${logPath}.\n${tail}`);
}
