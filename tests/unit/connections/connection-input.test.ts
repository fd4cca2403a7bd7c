import { describe, expect, it } from "vitest";
import { ConnectionInput } from "@/lib/connections/connection";
import { parseWith } from "@/lib/http/route";
import { ProjectInput } from "@/lib/projects/project";
import { thrown } from "@/tests/support/failure";

const VALID = { name: "judge", baseUrl: "https://api.example.com/v1", model: "gpt-x" };
const parse = (changes: object) => parseWith(ConnectionInput, { ...VALID, ...changes });
const refusal = (changes: object) => thrown(() => parse(changes)).publicMessage;

describe("ConnectionInput", () => {
	it("trims, and takes blank credentials for none", () => {
		const input = parse({ name: " judge ", apiKey: " ", credentialRef: "" });
		expect(input).toEqual({ ...VALID, protocol: undefined, apiKey: undefined, credentialRef: undefined });
		expect(parse({ apiKey: " sk-1\n", protocol: "RESPONSES" })).toMatchObject({
			apiKey: "sk-1",
			protocol: "RESPONSES",
		});
		expect(parse({ apiKey: null, credentialRef: null, protocol: null })).toMatchObject({ protocol: undefined });
	});

	it("names each required field", () => {
		for (const field of ["name", "baseUrl", "model"]) {
			expect(refusal({ [field]: undefined })).toBe(`${field}: is required`);
			expect(refusal({ [field]: " " })).toMatch(new RegExp(`^${field}: must not be blank`));
		}
	});

	it("takes http and https only", () => {
		for (const baseUrl of [
			"ftp://host",
			"file:///etc",
			"example.com",
			"http://",
			"https:///path",
			"javascript:1",
			"//host",
		]) {
			expect(refusal({ baseUrl })).toBe("baseUrl: must be an http or https URL");
		}
		expect(parse({ baseUrl: "http://127.0.0.1:9/v1/" }).baseUrl).toBe("http://127.0.0.1:9/v1/");
	});

	it("never quotes a key in a refusal", () => {
		expect(refusal({ apiKey: "sk-very-secret", protocol: "sk-very-secret" })).toBe(
			"protocol: must be one of RESPONSES, CHAT_COMPLETIONS",
		);
		expect(refusal({ apiKey: ["sk-very-secret"] })).not.toContain("very");
	});
});

describe("ProjectInput", () => {
	// Postgres refuses the NUL, so the caller gets status 500.
	it("refuses what no request could carry: a key outside printable ASCII, user info in the URL", () => {
		expect(refusal({ apiKey: "line\nbreak" })).toContain("apiKey: must be one line of printable ASCII");
		expect(refusal({ baseUrl: "http://user:secret@host/v1" })).toBe("baseUrl: must not hold a user name or password");
	});

	it("refuses a NUL, which cannot be stored", () => {
		expect(thrown(() => parseWith(ProjectInput, { name: "a\0b" })).code).toBe("invalid_input");
		expect(refusal({ name: "a\0b" })).toMatch(/^name: /);
	});

	it("wants a name of 1 to 200 characters", () => {
		expect(parseWith(ProjectInput, { name: " shop " })).toEqual({ name: "shop" });
		expect(thrown(() => parseWith(ProjectInput, { name: " " })).publicMessage).toBe("name: must not be blank");
		expect(thrown(() => parseWith(ProjectInput, { name: "x".repeat(201) })).publicMessage).toBe(
			"name: must have at most 200 characters",
		);
	});
});
