import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { runCommand } from "@/lib/cli/run-command";
import { freePort } from "@/lib/local/free-port";

async function run(args: string[]) {
	const [out, err]: [string[], string[]] = [[], []];
	const code = await runCommand(args, { env: {}, out: (line) => out.push(line), err: (line) => err.push(line) });
	return { code, out, err };
}

const reprice = (url: string) =>
	run([
		"reprice",
		"--project",
		"shop",
		"--from",
		"2026-01-01",
		"--to",
		"2026-02-01",
		"--key",
		"sk-secret",
		"--url",
		url,
	]);

describe("runCommand()", () => {
	it("prints help and succeeds", async () => {
		const { code, out, err } = await run(["--help"]);
		expect([code, err]).toEqual([0, []]);
		expect(out.join("\n")).toMatch(/^Usage: spanwise <command>.*reprice.*--project/s);
	});

	it("tells wrong usage in one line", async () => {
		expect(await run(["reprice", "--from", "x"])).toEqual({
			code: 2,
			out: [],
			err: [
				"spanwise: --project is missing. --from takes a date such as 2026-01-31T09:00:00Z. --to is missing. See spanwise --help.",
			],
		});
	});

	it("tells in one line that nobody answers", async () => {
		const url = `http://127.0.0.1:${await freePort()}`;
		expect(await reprice(url)).toEqual({
			code: 1,
			out: [],
			err: [`spanwise: ${url} does not answer (ECONNREFUSED)`],
		});
	});

	it.each([
		[200, "text/html", "<h1>Welcome</h1>", "answers something else; is this a Spanwise server?"],
		[404, "text/html", "<h1>Nothing</h1>", "answers 404: it gives no reason; is this a Spanwise server?"],
		[302, "text/plain", "elsewhere", "answers 302: it gives no reason; is this a Spanwise server?"],
	])("recognises another server that answers %i", async (status, type, body, message) => {
		const server = createServer((_, response) => {
			response.writeHead(status, { "Content-Type": type, Location: "http://127.0.0.1:9/" }).end(body);
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			expect(await reprice(url)).toEqual({ code: 1, out: [], err: [`spanwise: ${url} ${message}`] });
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});
