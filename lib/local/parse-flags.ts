import { parseArgs } from "node:util";
import { invalidInput } from "@/lib/errors";

export interface Flags {
	mode: "start" | "dev" | "demo" | "build";
	port: number | undefined;
	/** Shows the output of the build while it runs. */
	verbose: boolean;
}

const MODES = ["dev", "demo", "build"] as const;

/** The flags behind `npm start --`. Throws `invalid_input` with one sentence per mistake. */
export function parseFlags(args: string[]): Flags {
	const { values, tokens } = parseArgs({
		args,
		strict: false,
		tokens: true,
		options: {
			dev: { type: "boolean" },
			demo: { type: "boolean" },
			build: { type: "boolean" },
			verbose: { type: "boolean" },
			port: { type: "string" },
		},
	});
	const known = new Set(["dev", "demo", "build", "verbose", "port"]);
	const mistakes = tokens.flatMap((token) => {
		if (token.kind === "positional") return [`${token.value} is not understood: only flags are.`];
		if (token.kind === "option" && !known.has(token.name)) return [`${token.rawName} is not a flag of this command.`];
		return [];
	});
	const modes = MODES.filter((mode) => values[mode] === true);
	if (modes.length > 1) mistakes.push(`${modes.map((mode) => `--${mode}`).join(" and ")} exclude each other.`);
	const port = values.port === undefined ? undefined : Number(values.port);
	if (port !== undefined && !(typeof values.port === "string" && /^\d+$/.test(values.port) && port <= 65_535)) {
		mistakes.push("--port takes a number from 0 to 65535.");
	}
	if (mistakes.length > 0) throw invalidInput(mistakes.join("\n"));
	return { mode: modes[0] ?? "start", port, verbose: values.verbose === true };
}
