import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runTool } from "@/lib/local/run-tool";

const folder = mkdtempSync(join(tmpdir(), "spanwise-tool-"));
const logPath = join(folder, "tool.log");
const tool = (code: string) => ({ name: "The tool", args: ["-e", code], environment: {}, logPath });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("runTool()", () => {
	it("keeps the output in a log", async () => {
		await runTool(tool('console.log("out"); console.error("err")'));
		expect(readFileSync(logPath, "utf8").split("\n").sort()).toEqual(["", "err", "out"]);
	});

	it("shows the end of the output of a tool that fails", async () => {
		const code = 'for (let i = 1; i <= 100; i++) console.log("line", i); process.exitCode = 2';
		const failure = runTool(tool(code));
		await expect(failure).rejects.toThrow(
			/^The tool failed \(exit code 2\); its whole output is in .*tool\.log\.\nline 61\n/,
		);
		await expect(failure).rejects.toThrow(/line 100$/);
	});

	it("ends a tool that is not needed any more", async () => {
		const abort = new AbortController();
		const running = runTool({ ...tool("setInterval(() => undefined, 1000)"), signal: abort.signal });
		setTimeout(() => abort.abort(), 200);
		await expect(running).rejects.toThrow(/signal SIGTERM/);
	});
});
