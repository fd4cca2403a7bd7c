import { inspect } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { openSecret, Secret, sealSecret } from "@/lib/crypto/secret-box";
import { randomHex } from "@/lib/ids";
import { thrown } from "@/tests/support/failure";

beforeAll(() => {
	process.env.SPANWISE_ENCRYPTION_KEY = randomHex(32);
});

describe("Secret", () => {
	it("prints itself redacted everywhere but in reveal()", () => {
		const secret = new Secret("sk-very-secret");
		const prints = [
			`${secret}`,
			String(secret),
			JSON.stringify({ secret }),
			inspect(secret),
			inspect({ deep: [secret] }),
		];
		for (const print of prints) expect(print).not.toContain("very");
		expect(Object.values(secret)).toEqual([]);
		expect(secret.reveal()).toBe("sk-very-secret");
	});
});

describe("sealSecret() and openSecret()", () => {
	it("give back any text", () => {
		for (const text of ["", "sk-1", "schlüssel 🔑\0", "x".repeat(100_000)]) {
			expect(openSecret(sealSecret(text, "row"), "row").reveal()).toBe(text);
		}
	});

	it("seal the same text differently each time and show none of it", () => {
		const boxes = new Set(Array.from({ length: 50 }, () => sealSecret("sk-very-secret", "row")));
		expect(boxes.size).toBe(50);
		for (const box of boxes) {
			expect(box).toMatch(/^v1:[A-Za-z0-9+/]+=*$/);
			expect(Buffer.from(box.slice(3), "base64").toString("latin1")).not.toContain("very");
		}
	});

	it("do not open a box for another context", () => {
		const box = sealSecret("sk", "row 1");
		expect(thrown(() => openSecret(box, "row 2"))).toMatchObject({ code: "conflict", retryable: false });
	});

	it("do not open a box with any bit changed, cut or of another kind", () => {
		const bytes = Buffer.from(sealSecret("sk", "row").slice(3), "base64");
		for (let index = 0; index < bytes.length; index++) {
			const changed = Buffer.from(bytes);
			changed[index] = (changed[index] ?? 0) ^ 1;
			expect(thrown(() => openSecret(`v1:${changed.toString("base64")}`, "row")).code).toBe("conflict");
			expect(thrown(() => openSecret(`v1:${bytes.subarray(0, index).toString("base64")}`, "row")).code).toBe(
				"conflict",
			);
		}
		for (const box of ["", "v1", "v1:", "v2:AAAA", "plain", `v2:${bytes.toString("base64")}`]) {
			expect(thrown(() => openSecret(box, "row")).publicMessage).not.toContain("plain");
		}
	});
});
