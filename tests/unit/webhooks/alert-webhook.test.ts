import { describe, expect, it } from "vitest";
import { AlertWebhookInput } from "@/lib/webhooks/alert-webhook";

const URL = "https://hooks.example/alerts";

describe("AlertWebhookInput", () => {
	it("is on by default, and takes a blank secret for none", () => {
		expect(AlertWebhookInput.parse({ url: ` ${URL} ` })).toEqual({ url: URL, enabled: true });
		expect(AlertWebhookInput.parse({ url: URL, secret: "  ", enabled: null })).toEqual({ url: URL, enabled: true });
		expect(AlertWebhookInput.parse({ url: URL, secret: " s ", enabled: false })).toEqual({
			url: URL,
			secret: "s",
			enabled: false,
		});
	});

	it.each([
		["", "must not be blank"],
		["ftp://hooks.example", "must be an http or https URL"],
		["https:///x", "must be an http or https URL"],
		["hooks.example", "must be an http or https URL"],
		["https://user:password@hooks.example", "must not hold a user name or password"],
		[`https://hooks.example/${"x".repeat(2000)}`, "must have at most 2000 characters"],
	])("refuses the URL %s", (url, message) => {
		expect(AlertWebhookInput.safeParse({ url }).error?.issues[0]).toMatchObject({ path: ["url"], message });
	});
});
