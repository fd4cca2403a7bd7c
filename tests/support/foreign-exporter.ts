import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/lib/local/project-root";

/** A program in another language that sends spans through OpenTelemetry's own SDK; see tests/fixtures/exporters. */
export interface ForeignExporter {
	language: "python" | "go" | "java";
	/** Commands whose presence says that the tool chain is there. */
	tools: readonly string[][];
	/** Builds the program in the folder it was copied to, packages included. */
	build: readonly { command: readonly string[]; secondsMax: number }[];
	/** Runs it there. */
	run: readonly string[];
	/** How to install the tool chain. */
	advice: string;
}

export const FOREIGN_EXPORTERS: readonly ForeignExporter[] = [
	{
		language: "python",
		tools: [["python3", "-c", "import venv, ensurepip"]],
		build: [
			{ command: ["python3", "-m", "venv", "venv"], secondsMax: 60 },
			{
				// One short try: a machine without a network is told so in seconds.
				command: ["venv/bin/pip", "install", "-q", "--timeout", "5", "--retries", "0", "-r", "requirements.txt"],
				secondsMax: 90,
			},
		],
		run: ["venv/bin/python", "send_spans.py"],
		advice: "install Python 3.10 or newer with venv and pip (python3, python3-venv)",
	},
	{
		language: "go",
		tools: [["go", "version"]],
		build: [
			{ command: ["go", "mod", "download"], secondsMax: 40 },
			{ command: ["go", "build", "-o", "exporter", "."], secondsMax: 240 },
		],
		run: ["./exporter"],
		advice: "install Go 1.26 or newer (https://go.dev/dl)",
	},
	{
		language: "java",
		tools: [
			["java", "-version"],
			["javac", "-version"],
			["mvn", "-version"],
		],
		build: [
			{
				command: ["mvn", "-q", "-B", "compile", "dependency:copy-dependencies", "-DoutputDirectory=target/lib"],
				secondsMax: 150,
			},
		],
		run: ["java", "-cp", "target/classes:target/lib/*", "SendSpans"],
		advice: "install a JDK of version 11 or newer and Maven (openjdk-17-jdk-headless, maven)",
	},
];

/** The folder with the built program, or why there is none. */
export type Prepared = { folder: string } | { missing: string };

/**
 * Builds the program once per machine, below node_modules/.cache, and finds it there ever after. Without the tool chain, or
 * without a way to its packages, it says what is missing; it never takes longer than its steps allow.
 */
export async function prepareExporter({ language, tools, build, advice }: ForeignExporter): Promise<Prepared> {
	const source = join(projectRoot, "tests", "fixtures", "exporters", language);
	const cache = join(projectRoot, "node_modules", ".cache", "spanwise-exporters");
	const folder = join(cache, `${language}-${fingerprint(source)}`);
	if (existsSync(folder)) return { folder };
	for (const tool of tools) {
		if ((await runTool(tool, { cwd: source, secondsMax: 30 })).code !== 0) {
			return { missing: `${tool[0]} is not installed or too old: ${advice}` };
		}
	}
	mkdirSync(cache, { recursive: true });
	const staging = mkdtempSync(join(cache, `${language}-staging-`));
	try {
		cpSync(source, staging, { recursive: true });
		for (const { command, secondsMax } of build) {
			const { code, output } = await runTool(command, { cwd: staging, secondsMax });
			if (code !== 0) {
				const words = output.trim().split("\n").at(-1) ?? "";
				return { missing: `"${command.join(" ")}" failed (${words}): it needs a network the first time; ${advice}` };
			}
		}
		renameSync(staging, folder);
		return { folder };
	} finally {
		rmSync(staging, { recursive: true, force: true });
	}
}

interface ToolOptions {
	cwd: string;
	secondsMax: number;
	env?: Record<string, string>;
}

/** Runs a command to its end; `code` is null when it was killed or could not be started. */
export async function runTool(
	[command = "", ...args]: readonly string[],
	{ cwd, secondsMax, env = {} }: ToolOptions,
): Promise<{ code: number | null; stdout: string; output: string }> {
	// A group of its own: Maven and Go start processes that would outlive them.
	const child: ChildProcess = spawn(command, args, {
		cwd,
		detached: true,
		env: { ...process.env, ...env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let stdout = "";
	let output = "";
	child.stdout?.setEncoding("utf8").on("data", (text: string) => {
		stdout += text;
		output += text;
	});
	child.stderr?.setEncoding("utf8").on("data", (text: string) => {
		output += text;
	});
	const timer = setTimeout(() => {
		output += `\nnot done after ${secondsMax} s`;
		if (child.pid) process.kill(-child.pid, "SIGKILL");
	}, secondsMax * 1000);
	const code = await new Promise<number | null>((resolve) => {
		child.once("error", (error) => {
			output += `\n${error.message}`;
			resolve(null);
		});
		child.once("close", resolve);
	});
	clearTimeout(timer);
	return { code, stdout, output };
}

function fingerprint(folder: string): string {
	const hash = createHash("sha256");
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort(byPath)) {
		if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
	}
	return hash.digest("hex").slice(0, 12);
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
	return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}
