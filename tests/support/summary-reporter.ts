import type { Reporter, TestModule } from "vitest/node";

/** Ends the output with one line that any runner can read: `N passed, N failed, N skipped`. */
export default class SummaryReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
		const counts = { passed: 0, failed: errors.length, skipped: 0 };
		for (const module of modules) {
			if (module.state() === "failed" && module.children.size === 0) counts.failed += 1;
			for (const test of module.children.allTests()) {
				const { state } = test.result();
				if (state === "passed" || state === "failed") counts[state] += 1;
				else counts.skipped += 1;
			}
		}
		// After the default reporter's own summary, which is written on the same event.
		setTimeout(() => console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`), 0);
	}
}
