import { expect, it } from "vitest";
import { createProgress } from "@/lib/local/progress";

function output(isTTY: boolean) {
	let text = "";
	const progress = createProgress({ isTTY, write: (part) => (text += part) });
	return { progress, text: () => text };
}

it("createProgress() appends one line per step where lines cannot be rewritten", async () => {
	const { progress, text } = output(false);
	await progress.step("starting", "started", async () => progress.line("in between"));
	expect(text()).toBe("in between\n  ✓ started (0.0 s)\n");
});

it("createProgress() rewrites the running step on a terminal, also around other lines", async () => {
	const { progress, text } = output(true);
	await progress.step("starting", "started", async () => progress.line("in between"));
	expect(text()).toBe("  … starting\r\x1b[2Kin between\n  … starting\r\x1b[2K  ✓ started (0.0 s)\n");
});

it("createProgress() marks the step that failed", async () => {
	const { progress, text } = output(false);
	const failing = progress.step("starting", "started", () => Promise.reject(new Error("no")));
	await expect(failing).rejects.toThrow("no");
	expect(text()).toBe("  ✗ starting\n");
});
