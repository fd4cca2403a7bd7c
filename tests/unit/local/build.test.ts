import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sourceHash } from "@/lib/local/build";

let root: string;

function write(path: string, text: string): void {
	mkdirSync(dirname(join(root, path)), { recursive: true });
	writeFileSync(join(root, path), text);
}

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "spanwise-hash-"));
	write("app/page.tsx", "page");
	write("lib/span/span.ts", "span");
	write("package.json", "{}");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("sourceHash()", () => {
	it.each([
		["a changed source", "lib/span/span.ts", "other"],
		["a new page", "app/rules/page.tsx", ""],
		["a new asset", "public/icon.svg", ""],
		["another lock file", "package-lock.json", "{}"],
		["another configuration", "next.config.ts", "x"],
		["instrumentation", "instrumentation-node.ts", "x"],
	])("changes with %s", (_name, path, text) => {
		const before = sourceHash(root);
		write(path, text);
		expect(sourceHash(root)).not.toBe(before);
	});

	it.each([
		["the generated database client", "lib/db/generated/client.ts"],
		["tests", "tests/unit/a.test.ts"],
		["tests beside the sources", "lib/span/span.test.ts"],
		["the build itself", ".next/BUILD_ID"],
		["data", ".spanwise/clickhouse/password"],
		["compiler caches", "tsconfig.tsbuildinfo"],
		["documents", "README.md"],
	])("ignores %s", (_name, path) => {
		const before = sourceHash(root);
		write(path, "x");
		expect(sourceHash(root)).toBe(before);
	});

	it("tells a moved file from the same text in its old place", () => {
		const before = sourceHash(root);
		rmSync(join(root, "lib/span/span.ts"));
		write("lib/spam/span.ts", "span");
		expect(sourceHash(root)).not.toBe(before);
	});

	it("changes with the tools that build", () => {
		expect(sourceHash(root, ["node 20"])).not.toBe(sourceHash(root, ["node 22"]));
	});
});
