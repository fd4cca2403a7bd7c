import { parseArgs } from "node:util";
import { invalidInput } from "@/lib/errors";

export interface RepriceCommand {
	name: "reprice";
	/** Address of a running server, without a slash at its end. */
	url: string;
	key: string | undefined;
	/** Name or id. */
	project: string;
	from: Date;
	to: Date;
}

export type Command = { name: "help" } | RepriceCommand;

export const HELP = `Usage: spanwise <command> [flags]

Commands:
  reprice    price the stored spans of a project again, by the prices of now

Flags of reprice:
  --project <name|id>   whose spans
  --from <iso>          spans that start from this moment on, such as 2026-01-31 (UTC) or 2026-01-31T09:00:00Z
  --to <iso>            and before this one
  --url <url>           the server (default: port PORT of this machine, or 8080)
  --key <key>           its API key (default: SPANWISE_API_KEY of the environment, which other users cannot see)

Exit codes: 0 done, 1 failed, 2 not understood.`;

const FLAGS = ["project", "from", "to", "url", "key"] as const;

/** What the arguments of `spanwise` ask for. Throws `invalid_input` with a sentence per mistake, in one line. */
export function parseCommand(args: string[], env: Record<string, string | undefined>): Command {
	const { values, tokens } = parseArgs({
		args,
		strict: false,
		tokens: true,
		options: {
			help: { type: "boolean", short: "h" },
			...Object.fromEntries(FLAGS.map((flag) => [flag, { type: "string" as const }])),
		},
	});
	if (values.help === true) return { name: "help" };
	const known = new Set<string>(["help", ...FLAGS]);
	const [command, ...rest] = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
	const mistakes: string[] = [];
	if (command === undefined) mistakes.push("A command is missing.");
	else if (command !== "reprice") mistakes.push(`${command} is no command.`);
	for (const word of rest) mistakes.push(`${word} is not understood.`);
	for (const token of tokens) {
		if (token.kind === "option" && !known.has(token.name))
			mistakes.push(`${token.rawName} is no flag of this command.`);
	}
	if (mistakes.length > 0) throw invalidInput(mistakes.join(" "));

	const text = (flag: (typeof FLAGS)[number]): string | undefined => {
		const value = values[flag];
		return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
	};
	const required = (flag: (typeof FLAGS)[number]): string => {
		const value = text(flag);
		if (value === undefined) mistakes.push(`--${flag} is missing.`);
		return value ?? "";
	};
	const moment = (flag: "from" | "to"): Date => {
		const value = required(flag);
		const date = new Date(value);
		const isMoment = /^\d{4}-\d\d-\d\d(T|$)/.test(value) && !Number.isNaN(date.getTime());
		if (value !== "" && !isMoment) mistakes.push(`--${flag} takes a date such as 2026-01-31T09:00:00Z.`);
		return date;
	};
	const project = required("project");
	const [from, to] = [moment("from"), moment("to")];
	if (mistakes.length === 0 && from >= to) mistakes.push("--from must be before --to.");
	const url = (text("url") ?? `http://localhost:${env.PORT || 8080}`).replace(/\/+$/, "");
	if (!/^https?:\/\//.test(url) || !URL.canParse(url)) mistakes.push("--url takes an http or https URL.");
	if (mistakes.length > 0) throw invalidInput(mistakes.join(" "));
	return { name: "reprice", url, key: text("key") ?? (env.SPANWISE_API_KEY || env.DOKIMOS_API_KEY), project, from, to };
}
