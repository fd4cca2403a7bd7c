import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { mountingCommand } from "@/tests/chaos/full-disk";
import { printReport } from "@/tests/chaos/print-report";
import { runChaos } from "@/tests/chaos/run-chaos";

// `npm run chaos -- [--kills 50] [--seed 7] [--senders 8] [--long-pause 60] [--json]`: the product under load while its
// processes are killed and paused and its disk is full. Exit code 1 when any word that senders were given was not true.

const { values } = parseArgs({
	options: {
		kills: { type: "string", default: "50" },
		seed: { type: "string" },
		senders: { type: "string", default: "8" },
		"long-pause": { type: "string", default: "0" },
		/** Prints the report as JSON, alone, on standard output. */
		json: { type: "boolean", default: false },
	},
});

const seed = wholeNumber("seed", values.seed ?? String(Date.now() % 1_000_000));
const again = mountingCommand();
if (again) {
	const [command = "", ...args] = again;
	// The seed is chosen here, so that both tell the same.
	const { status } = spawnSync(command, [...args, ...(values.seed ? [] : ["--seed", String(seed)])], {
		stdio: "inherit",
	});
	process.exit(status ?? 1);
}

const tell = (line: string) => (values.json ? console.error(line) : console.log(line));
tell(`seed ${seed}`);
const report = await runChaos({
	seed,
	tell,
	kills: wholeNumber("kills", values.kills),
	senders: wholeNumber("senders", values.senders),
	longPauseMs: wholeNumber("long-pause", values["long-pause"]) * 1000,
});
if (values.json) console.log(JSON.stringify(report));
else printReport(report);
process.exit(report.problems.length === 0 ? 0 : 1);

function wholeNumber(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number`);
	return Number(text);
}
