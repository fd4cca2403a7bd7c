import { describe, expect, it } from "vitest";
import { parseCommand } from "@/lib/cli/parse-command";
import { thrown } from "@/tests/support/failure";

const RANGE = ["--from", "2026-01-01", "--to", "2026-02-01T09:30:00+01:00"];
const GOOD = ["reprice", "--project", "shop", ...RANGE];
const mistake = (args: string[]) => thrown(() => parseCommand(args, {})).publicMessage;

describe("parseCommand()", () => {
	it("reads a command with its defaults", () => {
		expect(parseCommand(GOOD, {})).toEqual({
			name: "reprice",
			url: "http://localhost:8080",
			key: undefined,
			project: "shop",
			from: new Date("2026-01-01T00:00:00Z"),
			to: new Date("2026-02-01T08:30:00Z"),
		});
	});

	it("reads every flag, in any order", () => {
		const flags = ["--key=secret", "--url", "https://spans.example/", "--project=a b", ...RANGE];
		expect(parseCommand([...flags, "reprice"], { SPANWISE_API_KEY: "other" })).toMatchObject({
			url: "https://spans.example",
			key: "secret",
			project: "a b",
		});
	});

	it("takes the key from the environment", () => {
		expect(parseCommand(GOOD, { SPANWISE_API_KEY: "one", DOKIMOS_API_KEY: "two" })).toMatchObject({ key: "one" });
		expect(parseCommand(GOOD, { SPANWISE_API_KEY: "", DOKIMOS_API_KEY: "two" })).toMatchObject({ key: "two" });
	});

	it("helps before it complains", () => {
		for (const args of [["--help"], ["-h"], ["reprice", "--help"], ["nonsense", "--help"]]) {
			expect(parseCommand(args, {})).toEqual({ name: "help" });
		}
	});

	it.each([
		[[], "A command is missing."],
		[["price"], "price is no command."],
		[["reprice", "now"], "now is not understood."],
		[[...GOOD, "--dry-run"], "--dry-run is no flag of this command."],
		[["reprice"], "--project is missing. --from is missing. --to is missing."],
		[["reprice", "--project", "", ...RANGE], "--project is missing."],
		[
			["reprice", "--project", "shop", "--from", "yesterday", "--to", "2026-01-01"],
			"--from takes a date such as 2026-01-31T09:00:00Z.",
		],
		[
			["reprice", "--project", "shop", "--from", "2026-01-01", "--to", "2026-13-01"],
			"--to takes a date such as 2026-01-31T09:00:00Z.",
		],
		[["reprice", "--project", "shop", "--from", "2026-01-01", "--to", "2026-01-01"], "--from must be before --to."],
		[[...GOOD, "--url", "localhost:8080"], "--url takes an http or https URL."],
	])("explains what is wrong with %j", (args, message) => {
		expect(mistake(args)).toBe(message);
	});
});
