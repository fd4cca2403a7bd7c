import { expect, it } from "vitest";
import { serveOrigin } from "@/inngest/serve-origin";

it.each([
	["what was said", { INNGEST_SERVE_ORIGIN: "https://app.example" }, "https://app.example"],
	[
		"its own address for a server on this machine",
		{ INNGEST_BASE_URL: "http://localhost:8288" },
		"http://127.0.0.1:8080",
	],
	["the same over IPv6", { INNGEST_BASE_URL: "http://[::1]:8288", HOST: "::1" }, "http://[::1]:8080"],
	[
		"an address that can be called",
		{ INNGEST_BASE_URL: "http://127.0.0.1:1", HOST: "0.0.0.0" },
		"http://127.0.0.1:8080",
	],
	["nothing for a server elsewhere", { INNGEST_BASE_URL: "http://inngest:8288" }, undefined],
	["nothing for Inngest Cloud", {}, undefined],
])("serveOrigin() is %s", (_, given, origin) => {
	expect(serveOrigin({ HOST: "127.0.0.1", PORT: 8080, ...given })).toBe(origin);
});
