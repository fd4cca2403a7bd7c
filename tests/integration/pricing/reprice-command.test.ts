import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { runCommand } from "@/lib/cli/run-command";
import { isAppError } from "@/lib/errors";
import { repriceSpans } from "@/lib/ingest/reprice-spans";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { RepriceRequest } from "@/lib/pricing/reprice-request";
import { getProjectByReference } from "@/lib/projects/get-project";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

let door: Server | undefined;
afterEach(() => {
	door?.closeAllConnections();
	door?.close();
});

/** The verbs behind HTTP, two spans a call: the product's own route works for half a minute before it stops. */
async function openDoor(callsMax: number): Promise<string> {
	let calls = 0;
	door = createServer(async (request, response) => {
		const [, , , , reference = "", verb] = (request.url ?? "").split("/");
		try {
			const project = await getProjectByReference(decodeURIComponent(reference));
			if (verb !== "reprice") return response.end(JSON.stringify(project));
			calls += 1;
			if (calls > callsMax) return response.writeHead(503).end(JSON.stringify({ message: "The store is away" }));
			const text = (await request.toArray()).join("");
			const { from, to, cursor } = RepriceRequest.parse(JSON.parse(text));
			const options = { projectId: project.id, from, to, after: cursor, budgetMs: 0, pageSize: 2 };
			const { next, ...counts } = await repriceSpans(options);
			return response.end(JSON.stringify({ ...counts, nextCursor: next && `${next.traceId}.${next.spanId}` }));
		} catch (error) {
			return response.writeHead(404).end(JSON.stringify({ message: isAppError(error) ? error.publicMessage : "?" }));
		}
	});
	await new Promise<void>((resolve) => door?.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
}

async function run(url: string, project: string) {
	const lines: string[] = [];
	const [from, to] = ["2000-01-01", "2100-01-01"];
	const code = await runCommand(["reprice", "--project", project, "--from", from, "--to", to, "--url", url], {
		env: {},
		out: (line) => lines.push(line),
		err: (line) => lines.push(line),
	});
	return { code, lines };
}

const modelCall = () =>
	otlpSpan({
		startTimeUnixNano: "1780000000000000000",
		attributes: attributes({
			"gen_ai.operation.name": "chat",
			"gen_ai.request.model": "house-model",
			"gen_ai.usage.input_tokens": 10,
			"gen_ai.usage.output_tokens": 10,
		}),
	});

async function pricedProject() {
	const project = await newProject();
	await send(
		project,
		Array.from({ length: 5 }, () => modelCall()),
	);
	const price = { modelPattern: "*", inputPerMillion: 1, outputPerMillion: 1 };
	await createPriceOverride(project.id, PriceOverrideInput.parse(price));
	return project;
}

describe("spanwise reprice", () => {
	it("calls until the whole range is done, for a project's name or id", async () => {
		const url = await openDoor(10);
		const project = await pricedProject();
		const done = (changed: string) => ({ code: 0, lines: [`5 spans looked at, ${changed} changed`] });
		expect(await run(url, project.name)).toEqual(done("5 costs"));
		expect(await run(url, project.id)).toEqual(done("0 costs"));
	});

	it("tells what was done before a failure", async () => {
		const url = await openDoor(2);
		const project = await pricedProject();
		expect(await run(url, project.name)).toEqual({
			code: 1,
			lines: [`spanwise: ${url} answers 503: The store is away; before that, 4 spans looked at, 4 costs changed`],
		});
	});

	it("tells that there is no such project", async () => {
		const url = await openDoor(1);
		const expected = { code: 1, lines: [`spanwise: ${url} answers 404: Project not found`] };
		expect(await run(url, "nobody's")).toEqual(expected);
	});
});
