import { describe, expect, it } from "vitest";
import { ingestTraces } from "@/lib/ingest/ingest-traces";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { PriceOverrideInput } from "@/lib/pricing/price-override";
import { createProject } from "@/lib/projects/create-project";
import type { Project } from "@/lib/projects/project";
import { renameProject } from "@/lib/projects/rename-project";
import { findSpan } from "@/lib/traces/find-span";
import { getTrace } from "@/lib/traces/get-trace";
import { listTraces } from "@/lib/traces/list-traces";
import { encodeOtlp } from "@/tests/support/encode-otlp";
import { failure } from "@/tests/support/failure";
import { llmSpan } from "@/tests/support/llm-span";
import { attributes, jsonBody, type OtlpRequest, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ingest = (request: OtlpRequest) => ingestTraces("json", jsonBody(request));

/** The project that a new trace with these resource attributes lands in. */
async function projectOf(resource: Record<string, string | number>, traceId = otlpSpan().traceId ?? "") {
	const { projectIds } = await ingest(otlpRequest([otlpSpan({ traceId })], resource));
	return projectIds;
}

describe("ingestTraces()", () => {
	it("prices a span by its project's own prices, else by the list, and keeps no messages beside the attributes", async () => {
		const [project, other] = [await newProject(), await newProject()];
		await createPriceOverride(
			project.id,
			PriceOverrideInput.parse({ modelPattern: "gpt-4o", inputPerMillion: 1000, outputPerMillion: 0 }),
		);
		const values = {
			"gen_ai.operation.name": "chat",
			"gen_ai.provider.name": "openai",
			"gen_ai.request.model": "gpt-4o",
			"gen_ai.usage.input_tokens": 1000,
			"gen_ai.usage.output_tokens": 100,
			"gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Hi" }] }],
		};
		const cost = async (to: Project | null) => {
			const span = llmSpan({ attributes: attributes(values) });
			await send(to, [span]);
			return findSpan(to?.id ?? "", span.traceId, span.spanId);
		};
		expect(await cost(project)).toMatchObject({ costUsd: 1, costSource: "override" });
		const stored = await cost(other);
		expect(stored).toMatchObject({ costUsd: 0.0035, costSource: "genai-prices", inputText: "Hi" });
		expect(stored).not.toHaveProperty("inputMessages");
		expect(await cost(null)).toMatchObject({ costUsd: 0.0035 });
	});

	it("accepts the announcement of a span that has only begun, and keeps the span itself", async () => {
		const project = await newProject();
		const span = llmSpan({ name: "running" });
		const pending = llmSpan({
			traceId: span.traceId,
			parentSpanId: span.spanId,
			name: "running (pending)",
			attributes: attributes({ "logfire.span_type": "pending_span" }),
		});
		expect(await send(project, [pending])).toMatchObject({ acceptedSpans: 1, traces: 1, projectIds: [] });
		expect((await listTraces({ projectIds: [project.id], limit: 5 })).traces).toEqual([]);
		expect(await send(project, [pending, span])).toMatchObject({ acceptedSpans: 2, rejectedSpans: 0, traces: 1 });
		const { spans } = await getTrace({ projectIds: [project.id], traceId: span.traceId });
		expect(spans.map(({ name }) => name)).toEqual(["running"]);
	});

	it("counts accepted and rejected spans and traces of this request only", async () => {
		const span = otlpSpan();
		const request = otlpRequest([span, otlpSpan({ traceId: span.traceId }), otlpSpan({ name: " " }), otlpSpan()]);
		for (const encoding of ["json", "protobuf", "json"] as const) {
			const body = encoding === "json" ? jsonBody(request) : encodeOtlp(request);
			const receipt = await ingestTraces(encoding, body);
			expect(receipt).toMatchObject({ acceptedSpans: 3, rejectedSpans: 1, traces: 2 });
			expect(receipt.rejections).toMatchObject([
				{ path: expect.stringMatching(/spans\[2\]$/), reason: "name is missing" },
			]);
		}
	});

	it("takes a request without spans", async () => {
		expect(await ingest({})).toEqual({
			acceptedSpans: 0,
			rejectedSpans: 0,
			traces: 0,
			rejections: [],
			warnings: [],
			projectIds: [],
		});
		expect(await ingestTraces("protobuf", Buffer.alloc(0))).toMatchObject({ acceptedSpans: 0 });
	});

	it("refuses an unreadable body and stores nothing of it", async () => {
		const project = await newProject();
		const body = encodeOtlp(otlpRequest([otlpSpan(), otlpSpan()], { "dokimos.project": project.name }));
		for (const [encoding, bytes] of [
			["protobuf", body.subarray(0, -3)],
			["json", Buffer.from("{")],
			["json", body],
		] as const) {
			expect((await failure(() => ingestTraces(encoding, bytes))).code).toBe("invalid_input");
		}
		expect((await listTraces({ projectIds: [project.id], limit: 5 })).traces).toEqual([]);
	});

	it("links by each of the three attributes, in their order", async () => {
		const [a, b, c] = [await newProject(), await newProject(), await newProject()];
		const both = { "spanwise.project": c.name, "dokimos.project.name": b.name };
		expect(await projectOf({ ...both, "dokimos.project": a.name })).toEqual([a.id]);
		expect(await projectOf(both)).toEqual([b.id]);
		expect(await projectOf({ "spanwise.project": c.name })).toEqual([c.id]);
		expect(await projectOf({ ...both, "dokimos.project": "unknown" })).toEqual([b.id]);
	});

	it("leaves a trace unlinked when no project has the name, exactly", async () => {
		const project = await newProject();
		for (const name of ["no such project", project.name.toUpperCase(), ` ${project.name}`, ""]) {
			const { traceId = "" } = otlpSpan();
			expect(await projectOf({ "dokimos.project": name }, traceId)).toEqual([]);
			expect((await getTrace({ projectIds: [""], traceId })).summary.projectId).toBeNull();
		}
	});

	it("takes a span's project from its resource only", async () => {
		const project = await newProject();
		const value = { stringValue: project.name };
		const { projectIds } = await ingest(otlpRequest([otlpSpan({ attributes: [{ key: "dokimos.project", value }] })]));
		expect(projectIds).toEqual([]);
	});

	it("keeps one trace together when the resources of a request name several projects or none", async () => {
		const [one, two] = [await newProject(), await newProject()];
		const { traceId = "" } = otlpSpan();
		const of = (resource: Record<string, string>) => otlpRequest([otlpSpan({ traceId })], resource).resourceSpans;
		const named = (name: string) => of({ "dokimos.project": name });
		const { projectIds } = await ingest({
			resourceSpans: [...of({}), ...named("?"), ...named(two.name), ...named(one.name)],
		});
		expect(projectIds).toEqual([two.id]);
		expect((await getTrace({ projectIds: [two.id], traceId })).spans).toHaveLength(4);
	});

	it("lets a batch without a name join the project that holds its trace", async () => {
		const project = await newProject();
		const { traceId = "" } = otlpSpan();
		await send(project, [otlpSpan({ traceId })]);
		expect((await send(null, [otlpSpan({ traceId }), otlpSpan()])).projectIds).toEqual([project.id]);
		expect((await getTrace({ projectIds: [project.id], traceId })).spans).toHaveLength(2);
	});

	it("links the very next request after a project was created, and stops after a rename", async () => {
		const name = "made in time";
		expect(await projectOf({ "dokimos.project": name })).toEqual([]);
		const project = await createProject({ name });
		expect(await projectOf({ "dokimos.project": name })).toEqual([project.id]);
		await renameProject(project.id, { name: "another name" });
		expect(await projectOf({ "dokimos.project": name })).toEqual([]);
		expect(await projectOf({ "dokimos.project": "another name" })).toEqual([project.id]);
	});

	it("takes the given project for resources that name none, by its name or id", async () => {
		const [project, other] = [await newProject(), await newProject()];
		const link = async (resource: Record<string, string>, fallback: string, traceId = otlpSpan().traceId) => {
			const body = jsonBody(otlpRequest([otlpSpan({ traceId })], resource));
			return (await ingestTraces("json", body, { fallback })).projectIds;
		};
		for (const fallback of [project.name, project.id, project.id.toUpperCase()]) {
			expect(await link({}, fallback)).toEqual([project.id]);
		}
		expect(await link({ "dokimos.project": other.name }, project.name)).toEqual([other.id]);
		expect(await link({ "dokimos.project": "unknown" }, project.name)).toEqual([]);
		for (const nobody of ["pk-lf-1234", "nul\0byte", "00000000-0000-4000-8000-000000000000"]) {
			expect(await link({}, nobody)).toEqual([]);
		}
		const { traceId } = otlpSpan();
		await send(other, [otlpSpan({ traceId })]);
		expect(await link({}, project.name, traceId)).toEqual([project.id]);
		expect(await link({}, "pk-lf-1234", otlpSpan().traceId)).toEqual([]);
	});

	it("takes names that no project can have for unknown, and values of any kind", async () => {
		for (const name of ["nul\0byte", "x".repeat(100_000), "' OR 1=1", 5]) {
			expect(await projectOf({ "dokimos.project": name })).toEqual([]);
		}
	});
});
