import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlCommand, otelEnvironment } from "@/app/p/[project]/traces/sample-commands";
import { decodeTraces } from "@/lib/otlp/decode-traces";

const PROJECT = `it's "my", $HOME = app`;
const sample = { origin: "http://localhost:8080", projectName: PROJECT, needsKey: true };

/** What a shell makes of a command, as one line per argument, with `curl` replaced by a program that prints them. */
function shellArguments(command: string): string[] {
	const script = `curl() { for argument in "$@"; do printf '%s\\0' "$argument"; done; }\n${command}`;
	const printed = execFileSync("sh", ["-c", script], {
		encoding: "utf8",
		env: { ...process.env, SPANWISE_API_KEY: "sw_1" },
	});
	return printed.split("\0").slice(0, -1);
}

describe("the shown commands", () => {
	it("send one good span that names the project, whatever its name is, with the key of the reader's shell", () => {
		const given = shellArguments(curlCommand(sample));
		expect(given).toContain("http://localhost:8080/v1/traces");
		expect(given).toContain("Authorization: Bearer sw_1");
		const { spans, rejections } = decodeTraces("json", Buffer.from(given.at(-1) ?? ""));
		expect(rejections).toEqual([]);
		expect(spans).toHaveLength(1);
		expect(spans[0]?.resource.attributes.get("spanwise.project")).toEqual({ stringValue: PROJECT });
	});

	it("give an SDK the project as one attribute, though attributes are separated by commas", () => {
		const script = `${otelEnvironment(sample)}\nprintf '%s' "$OTEL_RESOURCE_ATTRIBUTES"`;
		const pairs = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split(",");
		expect(pairs).toHaveLength(1);
		const [key, value] = (pairs[0] ?? "").split("=");
		expect([key, decodeURIComponent(value ?? "")]).toEqual(["spanwise.project", PROJECT]);
	});
});
