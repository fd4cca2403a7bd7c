import { HELP, parseCommand } from "@/lib/cli/parse-command";
import { reprice } from "@/lib/cli/reprice";
import { toAppError } from "@/lib/errors";

interface Surroundings {
	env: Record<string, string | undefined>;
	/** Print one line of result, or of failure. */
	out(line: string): void;
	err(line: string): void;
}

/** Runs one `spanwise` command and returns its exit code: 0 done, 1 failed, 2 not understood. Never throws. */
export async function runCommand(args: string[], { env, out, err }: Surroundings): Promise<0 | 1 | 2> {
	let command: ReturnType<typeof parseCommand>;
	try {
		command = parseCommand(args, env);
	} catch (error) {
		err(`spanwise: ${toAppError(error).publicMessage} See spanwise --help.`);
		return 2;
	}
	try {
		out(command.name === "help" ? HELP : await reprice(command));
		return 0;
	} catch (error) {
		err(`spanwise: ${toAppError(error).publicMessage}`);
		return 1;
	}
}
