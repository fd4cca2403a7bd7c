import { describe, expect, it } from "vitest";
import { parseFlags } from "@/lib/local/parse-flags";

describe("parseFlags()", () => {
	it("starts the production server without flags", () => {
		expect(parseFlags([])).toEqual({ mode: "start", port: undefined, verbose: false });
	});

	it.each([
		[["--dev"], { mode: "dev" }],
		[["--demo", "--port", "9000"], { mode: "demo", port: 9000 }],
		[["--port=0"], { mode: "start", port: 0 }],
		[["--build", "--verbose"], { mode: "build", verbose: true }],
	])("reads %j", (args, expected) => {
		expect(parseFlags(args)).toMatchObject(expected);
	});

	it.each([
		[["--dev", "--demo"], "--dev and --demo exclude each other."],
		[["--prot", "9000"], "--prot is not a flag of this command."],
		[["8080"], "8080 is not understood: only flags are."],
		[["--port", "http"], "--port takes a number from 0 to 65535."],
		[["--port", "70000"], "--port takes a number from 0 to 65535."],
		[["--port"], "--port takes a number from 0 to 65535."],
	])("explains what is wrong with %j", (args, sentence) => {
		expect(() => parseFlags(args)).toThrow(sentence);
	});
});
