import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readEnvironment } from "@/lib/local/read-environment";

it("readEnvironment() prefers what was given to .env.local, and that to .env", () => {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-env-"));
	writeFileSync(join(folder, ".env"), "PORT=1\nHOST=from-env\nSPANWISE_DATA_DIR=data\n");
	writeFileSync(join(folder, ".env.local"), 'PORT=2\nHOST="from-local"\n');
	expect(readEnvironment(folder, { PORT: "3" })).toEqual({ PORT: "3", HOST: "from-local", SPANWISE_DATA_DIR: "data" });
	rmSync(folder, { recursive: true });
});
