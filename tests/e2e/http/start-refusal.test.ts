import { createServer } from "node:net";
import { expect, it } from "vitest";
import { runApp } from "@/tests/support/app-server";

it("HOST that others can reach without a key: exit 1 and the reason with both ways out", async () => {
	const { code, output } = await runApp({ HOST: "0.0.0.0" });
	expect(code).toBe(1);
	expect(output.trim()).toBe(
		"HOST is 0.0.0.0, which other machines can reach, but no key is configured: set SPANWISE_API_KEY or keep HOST on 127.0.0.1.",
	);
});

it("bad values: exit 1 and one sentence per mistake, each naming its variable", async () => {
	const { code, output } = await runApp({
		PORT: "http",
		CLICKHOUSE_URL: "localhost:8123",
		SPANWISE_TRACE_RETENTION_DAYS: "-1",
		DOKIMOS_TRACE_EVAL_MAX_ATTEMPTS: "many",
	});
	expect(code).toBe(1);
	const lines = output.trim().split("\n");
	expect(lines.map((line) => line.split(":")[0]?.trim()).sort()).toEqual([
		...["CLICKHOUSE_URL", "PORT"],
		expect.stringMatching(/^(SPANWISE|DOKIMOS)_TRACE_EVAL_MAX_ATTEMPTS$/),
		"SPANWISE_TRACE_RETENTION_DAYS",
	]);
	for (const line of lines) expect(line).toMatch(/^[A-Z_]+: .+\.$/);
});

it("two values that need each other: exit 1 and which", async () => {
	const { code, output } = await runApp({ INNGEST_EVENT_KEY: "key" });
	expect(code).toBe(1);
	expect(output).toContain("INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY go together");
});

it("a taken port: exit 1 and which other one to try", async () => {
	const squatter = createServer();
	await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
	const address = squatter.address();
	const port = typeof address === "object" && address ? address.port : 0;
	try {
		const { code, output } = await runApp({ PORT: String(port) });
		expect(code).toBe(1);
		expect(output.trim()).toBe(
			`Port ${port} is already in use: stop the program that uses it, or choose another one with PORT=${port + 1}.`,
		);
	} finally {
		squatter.close();
	}
});
