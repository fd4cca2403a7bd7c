import { describe, expect, it } from "vitest";
import { repriceSpans } from "@/lib/ingest/reprice-spans";
import { createPriceOverride } from "@/lib/pricing/create-price-override";
import { deletePriceOverride } from "@/lib/pricing/delete-price-override";
import { type PriceOverride, PriceOverrideInput } from "@/lib/pricing/price-override";
import type { Project } from "@/lib/projects/project";
import { findSpan } from "@/lib/traces/find-span";
import type { StoredSpan } from "@/lib/traces/trace";
import { microseconds } from "@/lib/traces/write-spans";
import { newRule, plan, tasksOf } from "@/tests/support/judging";
import { attributes, type OtlpSpan, otlpSpan } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const DAY = 86_400_000;
const now = Date.now();
const ALL = { from: new Date(now - 365 * DAY), to: new Date(now + DAY) };
const nanos = (ms: number) => `${ms}000000`;

/** A model call `daysAgo` that used a million tokens each way, or reports what it cost. */
function modelCall(daysAgo: number, values: Record<string, string | number> = {}): OtlpSpan & { spanId: string } {
	const span = otlpSpan({
		startTimeUnixNano: nanos(now - daysAgo * DAY),
		endTimeUnixNano: nanos(now - daysAgo * DAY + 1000),
		attributes: attributes({
			"gen_ai.operation.name": "chat",
			"gen_ai.provider.name": "ollama",
			"gen_ai.request.model": "house-model",
			"gen_ai.usage.input_tokens": 1_000_000,
			"gen_ai.usage.output_tokens": 1_000_000,
			output: "an answer",
			...values,
		}),
	});
	return { ...span, spanId: span.spanId ?? "" };
}

function price(project: Project, given: Partial<PriceOverrideInput> = {}): Promise<PriceOverride> {
	const usual = PriceOverrideInput.parse({ modelPattern: "house-*", inputPerMillion: 1, outputPerMillion: 2 });
	return createPriceOverride(project.id, { ...usual, ...given });
}

async function stored(project: Project, span: OtlpSpan): Promise<StoredSpan> {
	const found = await findSpan(project.id, span.traceId ?? "", span.spanId ?? "");
	if (!found) throw new Error("the span is gone");
	return found;
}

const reprice = (project: Project, more: object = {}) => repriceSpans({ projectId: project.id, ...ALL, ...more });

describe("a cost", () => {
	it("is that of the override in force when the span began, and stays when prices change", async () => {
		const project = await newProject();
		const since = new Date(now - 10 * DAY);
		const always = await price(project);
		const later = await price(project, { effectiveFrom: since, inputPerMillion: 10, outputPerMillion: 20 });
		const [before, after] = [modelCall(20), modelCall(5)];
		await send(project, [before, after]);
		const early = {
			costUsd: 3,
			costInput: 1,
			costOutput: 2,
			costSource: "override",
			priceVersion: `override ${always.id}`,
		};
		expect(await stored(project, before)).toMatchObject(early);
		expect(await stored(project, after)).toMatchObject({ costUsd: 30, priceVersion: `override ${later.id}` });
		await deletePriceOverride(project.id, always.id);
		expect(await stored(project, before)).toMatchObject(early);
	});
});

describe("repriceSpans()", () => {
	it("changes what has another price now, once, and nothing else", async () => {
		const project = await newProject();
		const [historic, recent] = [modelCall(20), modelCall(5)];
		const listed = modelCall(5, { "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o" });
		const reported = modelCall(5, { "gen_ai.usage.cost": 0.42 });
		const plain = otlpSpan({ startTimeUnixNano: nanos(now - 5 * DAY) });
		const spans = [historic, recent, listed, reported, plain];
		await send(project, spans);
		expect(await stored(project, recent)).toMatchObject({
			costUsd: null,
			costNote: "provider ollama has no price list",
		});
		const before = await Promise.all(spans.map((span) => stored(project, span)));
		expect(await reprice(project)).toEqual({ examined: 5, changed: 0, next: null });
		expect(await Promise.all(spans.map((span) => stored(project, span)))).toEqual(before);

		const { id } = await price(project, { effectiveFrom: new Date(now - 10 * DAY) });
		expect(await reprice(project)).toEqual({ examined: 5, changed: 1, next: null });
		expect(await reprice(project)).toEqual({ examined: 5, changed: 0, next: null });
		const changed = await stored(project, recent);
		expect(changed).toEqual({
			...before[1],
			costUsd: 3,
			costInput: 1,
			costOutput: 2,
			costSource: "override",
			costNote: null,
			priceVersion: `override ${id}`,
			insertedAt: changed.insertedAt,
			insertedAtText: changed.insertedAtText,
		});
		expect(microseconds(changed.insertedAtText)).toBe(microseconds(before[1]?.insertedAtText ?? "") + 1n);
		for (const [index, span] of spans.entries()) {
			if (span !== recent) expect(await stored(project, span)).toEqual(before[index]);
		}
	});

	it("takes the spans that start from the first moment on and before the last", async () => {
		const project = await newProject();
		const spans = [modelCall(3), modelCall(2), modelCall(1)];
		await send(project, [...spans, { ...modelCall(0), startTimeUnixNano: "0" }]);
		await price(project);
		const range = { from: new Date(now - 2 * DAY), to: new Date(now - 1 * DAY) };
		expect(await reprice(project, range)).toEqual({ examined: 1, changed: 1, next: null });
		const costs = await Promise.all(spans.map(async (span) => (await stored(project, span)).costUsd));
		expect(costs).toEqual([null, 3, null]);
	});

	it("leaves other projects and spans of none alone", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const theirs = modelCall(1);
		await send(other, [theirs]);
		await send(null, [modelCall(1)]);
		await price(mine);
		await price(other);
		expect(await reprice(mine)).toEqual({ examined: 0, changed: 0, next: null });
		expect((await stored(other, theirs)).costUsd).toBeNull();
		expect(await reprice(other)).toEqual({ examined: 1, changed: 1, next: null });
	});

	it("goes page by page, and on where its time was up", async () => {
		const project = await newProject();
		const spans = Array.from({ length: 7 }, () => modelCall(1));
		const trace = spans[0]?.traceId;
		await send(project, [...spans, modelCall(1), ...[1, 2, 3].map(() => ({ ...modelCall(1), traceId: trace }))]);
		await price(project);
		expect(await reprice(project, { pageSize: 2 })).toEqual({ examined: 11, changed: 11, next: null });
		await price(project, { inputPerMillion: 5 });
		const calls = [];
		let after = null;
		do {
			const call = await reprice(project, { pageSize: 4, budgetMs: 0, after });
			calls.push([call.examined, call.changed]);
			after = call.next;
		} while (after !== null);
		expect(calls).toEqual([
			[4, 4],
			[4, 4],
			[3, 3],
		]);
	});

	it("does not make rules match again, nor rules made since", async () => {
		const project = await newProject();
		await newRule(project);
		const span = modelCall(1);
		await send(project, [span]);
		expect(await plan(project)).toBe(1);
		const later = await newRule(project);
		await price(project);
		expect((await reprice(project)).changed).toBe(1);
		expect(await plan(project)).toBe(0);
		expect((await tasksOf(project)).map((task) => task.ruleId)).not.toContain(later.id);
	});

	it("never goes over a span that its sender repeats meanwhile", async () => {
		const project = await newProject();
		const span = modelCall(1);
		await send(project, [span]);
		await price(project);
		const [, receipt] = await Promise.all([reprice(project), send(project, [{ ...span, name: "again" }])]);
		expect(receipt.acceptedSpans).toBe(1);
		expect(await stored(project, span)).toMatchObject({ name: "again", costUsd: 3 });
	});
});
