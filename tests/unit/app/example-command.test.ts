import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { rangeCommand, traceCommand } from "@/app/p/[project]/triggers/example-command";
import { EvaluationRequest } from "@/lib/triggers/evaluation-request";

const projectId = "01890000-0000-7000-8000-000000000001";
const EXAMPLE = { origin: "http://localhost:8080", projectId, secret: "swt_secret" };

/** What the command would send: its shell runs with a `curl` that prints its arguments. */
function dryRun(command: string): string[] {
	const printed = execFileSync("sh", ["-c", `curl() { for a in "$@"; do printf '%s\\n' "$a"; done; }\n${command}`]);
	return printed.toString("utf8").trimEnd().split("\n");
}

describe("the commands of the triggers page", () => {
	it.each([
		["one trace", traceCommand(EXAMPLE)],
		["a time range", rangeCommand(EXAMPLE)],
	])("send what the endpoint reads, signed: %s", (_name, command) => {
		const words = dryRun(command);
		const body = words.at(-1) ?? "";
		expect(EvaluationRequest.safeParse(JSON.parse(body)).success).toBe(true);
		const header = (name: string) => words.find((word) => word.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
		const timestamp = header("X-Spanwise-Timestamp");
		const hex = createHmac("sha256", "swt_secret").update(`${timestamp}.${body}`).digest("hex");
		expect(header("X-Spanwise-Signature")).toBe(`v1=${hex}`);
		expect(words).toContain("http://localhost:8080/api/v1/webhooks/evaluations");
	});

	it("read a secret that is not known any more from the shell", () => {
		expect(rangeCommand({ ...EXAMPLE, secret: null })).toContain('SECRET="$SPANWISE_TRIGGER_SECRET"');
	});
});
