import type { ChaosReport } from "@/tests/chaos/run-chaos";

export function printReport(report: ChaosReport): void {
	const { store, books, longPause, problems } = report;
	section("strikes", report.strikes);
	section("answers", report.answers);
	section("slowest answer, ms", report.slowestMs);
	section("senders", {
		"requests acknowledged": report.acknowledgedRequests,
		"spans acknowledged, repeats included": report.acknowledgedSpans,
	});
	section("store", {
		traces: store.traces,
		spans: store.spans,
		"rows before deduplication": store.rows,
		missing: store.missing,
		doubled: store.doubled,
		strange: store.strange,
	});
	if (books) {
		const { rejectedByReason, problems: _, ...counts } = books;
		section("books", { ...counts, ...rejectedByReason });
	}
	if (longPause) section("long pause, web process in MiB", { ...longPause });
	console.log(`\n${report.kills} kills, seed ${report.seed}, ${report.seconds} s`);
	for (const name of report.skipped) console.log(`SKIPPED, not possible on this machine: ${name}`);
	console.log(problems.length === 0 ? "every word was true" : `\nWRONG\n  ${problems.join("\n  ")}`);
}

function section(title: string, values: Record<string, number | string | boolean | null>): void {
	console.log(`\n${title}`);
	for (const [name, value] of Object.entries(values)) {
		console.log(`  ${name.padEnd(56)} ${(value ?? "unknown").toLocaleString("en-US").padStart(12)}`);
	}
}
