import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { thrown } from "@/tests/support/failure";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "spanwise-key-"));
	vi.stubEnv("SPANWISE_ENCRYPTION_KEY", "");
	vi.stubEnv("SPANWISE_DATA_DIR", join(folder, "data"));
	vi.resetModules();
});

afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true, force: true });
});

const load = () => import("@/lib/crypto/encryption-key");

describe("encryptionKey()", () => {
	it("is the configured key, as hex or base64", async () => {
		const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
		for (const text of [key.toString("hex"), key.toString("hex").toUpperCase(), key.toString("base64")]) {
			vi.stubEnv("SPANWISE_ENCRYPTION_KEY", text);
			vi.resetModules();
			expect((await load()).encryptionKey()).toEqual(key);
		}
	});

	it("is otherwise made once, kept for the owner only and found again by the next process", async () => {
		const first = (await load()).encryptionKey();
		expect(first).toHaveLength(32);
		const file = join(folder, "data", "encryption-key");
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readdirSync(join(folder, "data"))).toEqual(["encryption-key"]);
		vi.resetModules();
		expect((await load()).encryptionKey()).toEqual(first);
		expect(readFileSync(file, "utf8").trim()).toBe(first.toString("hex"));
	});

	it("is refused when the configured text is no 32 bytes, without quoting it", async () => {
		const { parseKey } = await load();
		for (const text of ["short", "0".repeat(63), "z".repeat(64), Buffer.alloc(31).toString("base64"), ""]) {
			const error = thrown(() => parseKey(text));
			expect(error.code).toBe("conflict");
			expect(error.publicMessage).toBe("SPANWISE_ENCRYPTION_KEY must be 32 bytes, as 64 hex digits or in base64");
		}
	});

	it("never replaces a key file that it cannot read", async () => {
		const file = join(folder, "data", "encryption-key");
		mkdirSync(join(folder, "data"));
		writeFileSync(file, "damaged");
		const { encryptionKey } = await load();
		expect(thrown(encryptionKey).code).toBe("conflict");
		expect(readFileSync(file, "utf8")).toBe("damaged");
	});
});
