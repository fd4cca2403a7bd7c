import { runCommand } from "@/lib/cli/run-command";

process.exitCode = await runCommand(process.argv.slice(2), {
	env: process.env,
	out: (line) => process.stdout.write(`${line}\n`),
	err: (line) => process.stderr.write(`${line}\n`),
});
