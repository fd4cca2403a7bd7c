import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockFolder } from "@/lib/db/lock-folder";
import type { Progress } from "@/lib/local/progress";
import { projectRoot } from "@/lib/local/project-root";
import type { Environment } from "@/lib/local/read-environment";
import { runTool } from "@/lib/local/run-tool";

const FOLDERS = ["app", "lib", "inngest", "prisma", "clickhouse", "public"];
const ROOT_FILE = /^(next\.config|postcss\.config|tsconfig|package|package-lock|instrumentation.*)\.(ts|js|mjs|json)$/;
const GENERATED = "lib/db/generated";
const MARKER = ".next/spanwise-build.json";
const OTHER_BUILD_WAIT_MS = 10 * 60_000;

export interface BuildOptions {
	progress: Progress;
	environment: Environment;
	/** Existing folder for the output of the tools. */
	logFolder: string;
	verbose?: boolean;
	signal?: AbortSignal;
}

/** Generates the Prisma client when it is missing or older than its schema. */
export async function ensurePrismaClient(options: BuildOptions): Promise<void> {
	const generated = join(projectRoot, GENERATED, "client.ts");
	const schema = join(projectRoot, "prisma/schema.prisma");
	const cli = join(projectRoot, "node_modules/prisma/build/index.js");
	if (existsSync(generated) && (statSync(generated).mtimeMs >= statSync(schema).mtimeMs || !existsSync(cli))) return;
	const { environment, logFolder, verbose, signal, progress } = options;
	const logPath = join(logFolder, "generate.log");
	await progress.step("generating the database client", "database client generated", () =>
		runTool({ name: "`prisma generate`", args: [cli, "generate"], environment, logPath, verbose, signal }),
	);
}

/** Builds the application unless the build in `.next` comes from exactly these sources. */
export async function ensureBuild(options: BuildOptions): Promise<void> {
	await ensurePrismaClient(options);
	if (isFresh()) return;
	const { environment, logFolder, verbose, signal, progress } = options;
	await progress.step("building the application", "application built", async () => {
		// Inside .next the lock would be swept away by the build.
		const lock = await lockFolder(join(projectRoot, "node_modules/.cache/spanwise-build"), {
			waitMs: OTHER_BUILD_WAIT_MS,
		});
		try {
			const hash = buildHash();
			if (isFresh(hash)) return; // another start built it meanwhile
			await runTool({
				name: "The build",
				args: ["node_modules/next/dist/bin/next", "build"],
				environment,
				logPath: join(logFolder, "build.log"),
				verbose,
				signal,
			});
			writeFileSync(join(projectRoot, MARKER), `${JSON.stringify({ hash })}\n`);
		} finally {
			await lock.release();
		}
	});
}

function isFresh(hash = buildHash()): boolean {
	const marker = join(projectRoot, MARKER);
	if (!existsSync(marker) || !existsSync(join(projectRoot, ".next/BUILD_ID"))) return false;
	return readFileSync(marker, "utf8").includes(JSON.stringify(hash));
}

function buildHash(): string {
	const next: { version: string } = JSON.parse(
		readFileSync(join(projectRoot, "node_modules/next/package.json"), "utf8"),
	);
	return sourceHash(projectRoot, [`node ${process.versions.node.split(".", 1)[0]}`, `next ${next.version}`]);
}

/** Hash over names and contents of everything below `root` that ends up in the build, and over the `tools` used. */
export function sourceHash(root: string, tools: readonly string[] = []): string {
	const rootFiles = readdirSync(root).filter((name) => ROOT_FILE.test(name));
	const files = [...rootFiles, ...FOLDERS.flatMap((folder) => filesBelow(root, folder))].sort();
	const hash = createHash("sha256").update(tools.join("\n"));
	for (const file of files) {
		const content = readFileSync(join(root, file));
		hash.update(`\n${file}\n${content.length}\n`).update(content);
	}
	return hash.digest("hex");
}

function filesBelow(root: string, folder: string): string[] {
	if (folder === GENERATED || !existsSync(join(root, folder))) return [];
	return readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => !entry.name.startsWith(".") && !/\.test\.tsx?$/.test(entry.name))
		.flatMap((entry) => {
			const path = `${folder}/${entry.name}`;
			return entry.isDirectory() ? filesBelow(root, path) : [path];
		});
}
