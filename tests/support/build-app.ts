import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import { cleanEnvironment, startApp } from "@/tests/support/app-server";

declare module "vitest" {
	interface ProvidedContext {
		/** An application every suite may use that changes nothing for others: `inject("appUrl")`. */
		appUrl: string;
	}
}

/** Vitest global setup: a production build of these sources, and one open application for suites that need no own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await build();
	const app = await startApp();
	project.provide("appUrl", app.url);
	return async () => {
		await app.stop();
	};
}

async function build(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-build-"));
	const child = spawn(process.execPath, [...nodeArguments("lib/local/start.ts"), "--build"], {
		cwd: projectRoot,
		env: { ...cleanEnvironment(), SPANWISE_DATA_DIR: folder },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let log = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding("utf8").on("data", (text: string) => {
			log += text;
		});
	}
	const [code] = await once(child, "close");
	rmSync(folder, { recursive: true, force: true });
	if (code !== 0) throw new Error(`the build failed (exit code ${code}):\n${log}`);
}
