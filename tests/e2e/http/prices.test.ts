import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { projectRoot } from "@/lib/local/project-root";
import { createProject } from "@/tests/support/judged-project";
import { attributes, otlpSpan } from "@/tests/support/otlp-request";
import { call, type ErrorView, mustCall, post, sendSpans } from "@/tests/support/rest-client";

const url = inject("appUrl");
const ISO_TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const PRICE = { modelPattern: "house-*", inputPerMillion: 1, outputPerMillion: 2 };
const RANGE = { from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" };

interface OverrideView {
	id: string;
}

/** A project with some calls of a model that no public list knows. */
async function projectWithCalls(count: number) {
	const project = await createProject(url);
	const spans = Array.from({ length: count }, () =>
		otlpSpan({
			startTimeUnixNano: "1780000000000000000",
			endTimeUnixNano: "1780000001000000000",
			attributes: attributes({
				"gen_ai.operation.name": "chat",
				"gen_ai.provider.name": "ollama",
				"gen_ai.request.model": "house-model",
				"gen_ai.usage.input_tokens": 10,
				"gen_ai.usage.output_tokens": 10,
			}),
		}),
	);
	await sendSpans(url, spans, project.name);
	return project;
}

describe("price overrides", () => {
	it("are created, read, listed, replaced and deleted", async () => {
		const project = await createProject(url);
		const path = `/api/v1/projects/${project.id}/price-overrides`;
		const answer = await call<OverrideView>(url, path, post(PRICE));
		const view = {
			id: UUID,
			projectId: project.id,
			...PRICE,
			provider: null,
			cacheReadPerMillion: null,
			cacheWritePerMillion: null,
			effectiveFrom: "1970-01-01T00:00:00.000Z",
			createdAt: ISO_TIME,
		};
		expect([answer.status, answer.body]).toEqual([201, view]);
		const location = answer.headers.get("location") ?? "";
		expect(location).toBe(`${path}/${answer.body.id}`);
		expect(await mustCall(url, location)).toEqual(answer.body);
		const replaced = { ...PRICE, provider: "ollama", effectiveFrom: "2026-05-01T00:00:00.000Z" };
		const put = await mustCall(url, location, { method: "PUT", json: replaced });
		expect(put).toEqual({ ...answer.body, ...replaced });
		expect(await mustCall(url, path)).toEqual([put]);
		const deleted = await call(url, location, { method: "DELETE" });
		expect([deleted.status, deleted.body]).toEqual([204, ""]);
		expect((await call(url, location, { method: "DELETE" })).status).toBe(404);
		expect(await mustCall(url, path)).toEqual([]);
	});

	it("price the very next request", async () => {
		const project = await createProject(url);
		await mustCall(url, `/api/v1/projects/${project.id}/price-overrides`, post(PRICE), 201);
		const values = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "house-model" };
		const usage = { "gen_ai.usage.input_tokens": 1_000_000, "gen_ai.usage.output_tokens": 0 };
		const span = otlpSpan({
			startTimeUnixNano: "1780000000000000000",
			attributes: attributes({ ...values, ...usage }),
		});
		await sendSpans(url, [span], project.name);
		const done = await mustCall(url, `/api/v1/projects/${project.id}/reprice`, post(RANGE));
		expect(done).toEqual({ examined: 1, changed: 0, nextCursor: null });
	});

	describe("of another project or of none", () => {
		let mine = "";
		let theirs = "";
		let id = "";

		beforeAll(async () => {
			mine = `/api/v1/projects/${(await createProject(url)).id}/price-overrides`;
			theirs = `/api/v1/projects/${(await createProject(url)).id}/price-overrides`;
			id = (await mustCall<OverrideView>(url, mine, post(PRICE), 201)).id;
		});

		it.each(["GET", "PUT", "DELETE"])("%s finds nothing and changes nothing", async (method) => {
			const json = method === "PUT" ? { ...PRICE, inputPerMillion: 0 } : undefined;
			const { status, body } = await call<ErrorView>(url, `${theirs}/${id}`, { method, json });
			expect([status, body.message]).toEqual([404, "Price override not found"]);
			expect(await mustCall(url, `${mine}/${id}`)).toMatchObject(PRICE);
		});

		it.each(["price-overrides", "reprice"])("%s of a project nobody has", async (name) => {
			const body = name === "reprice" ? RANGE : PRICE;
			const answer = await call<ErrorView>(url, `/api/v1/projects/${randomUUID()}/${name}`, post(body));
			expect([answer.status, answer.body.message]).toEqual([404, "Project not found"]);
		});
	});

	it.each([
		["no fields", {}, "modelPattern: is required; inputPerMillion: is required; outputPerMillion: is required"],
		["a negative price", { ...PRICE, inputPerMillion: -1 }, "inputPerMillion: must not be negative"],
		["a price as text", { ...PRICE, outputPerMillion: "2" }, "outputPerMillion: must be a number"],
		["a long pattern", { ...PRICE, modelPattern: "x".repeat(201) }, "modelPattern: must have at most 200 characters"],
		[
			"a date that is none",
			{ ...PRICE, effectiveFrom: "soon" },
			"effectiveFrom: must be an instant such as 2026-01-31T00:00:00Z",
		],
	])("refuse %s", async (_, json, message) => {
		const project = await createProject(url);
		const answer = await call<ErrorView>(url, `/api/v1/projects/${project.id}/price-overrides`, post(json));
		expect([answer.status, answer.body.message]).toEqual([400, message]);
	});
});

describe("reprice", () => {
	it("says how many spans it looked at and how many costs changed", async () => {
		const project = await projectWithCalls(3);
		const path = `/api/v1/projects/${project.id}/reprice`;
		expect(await mustCall(url, path, post(RANGE))).toEqual({ examined: 3, changed: 0, nextCursor: null });
		await mustCall(url, `/api/v1/projects/${project.id}/price-overrides`, post(PRICE), 201);
		expect(await mustCall(url, path, post(RANGE))).toEqual({ examined: 3, changed: 3, nextCursor: null });
		expect(await mustCall(url, path, post(RANGE))).toEqual({ examined: 3, changed: 0, nextCursor: null });
	});

	it.each([
		["no range", {}, "from: is required; to: is required"],
		["a range that ends before it begins", { from: RANGE.to, to: RANGE.from }, "from: must be before to"],
		["a cursor of its own", { ...RANGE, cursor: "' OR 1=1" }, "cursor: must be the nextCursor of an answer"],
	])("refuses %s", async (_, json, message) => {
		const project = await createProject(url);
		const answer = await call<ErrorView>(url, `/api/v1/projects/${project.id}/reprice`, post(json));
		expect([answer.status, answer.body.message]).toEqual([400, message]);
	});
});

describe("the command spanwise", () => {
	/** As npm's link of the package would run it, from any folder. */
	function spanwise(args: string[]): Promise<{ code: number; out: string; err: string }> {
		return new Promise((resolve) => {
			const child = execFile(join(projectRoot, "lib/cli/spanwise.mjs"), args, { cwd: "/" }, (_, out, err) => {
				resolve({ code: child.exitCode ?? -1, out, err });
			});
		});
	}

	it("prices a project again", async () => {
		const project = await projectWithCalls(2);
		await mustCall(url, `/api/v1/projects/${project.id}/price-overrides`, post(PRICE), 201);
		const args = ["reprice", "--project", project.name, "--from", "2000-01-01", "--to", "2100-01-01", "--url", url];
		expect(await spanwise(args)).toEqual({ code: 0, out: "2 spans looked at, 2 costs changed\n", err: "" });
	});

	it("explains itself, and its failures in one line", async () => {
		expect(await spanwise(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("reprice"), err: "" });
		expect(await spanwise([])).toEqual({
			code: 2,
			out: "",
			err: "spanwise: A command is missing. See spanwise --help.\n",
		});
		const args = ["reprice", "--project", "nobody's", "--from", "2000-01-01", "--to", "2100-01-01", "--url", url];
		expect(await spanwise(args)).toEqual({
			code: 1,
			out: "",
			err: `spanwise: ${url} answers 404: Project not found\n`,
		});
	});
});
