import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { advanceBackfill } from "@/lib/evaluations/advance-backfill";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import type { Decision } from "@/lib/evaluations/decision";
import { listDecisions } from "@/lib/evaluations/list-decisions";
import { sampleOf } from "@/lib/evaluations/sample";
import type { FilterTree } from "@/lib/filter/filter";
import type { Project } from "@/lib/projects/project";
import { findTraceSpans } from "@/lib/traces/find-trace-spans";
import { writeSpans } from "@/lib/traces/write-spans";
import { answered, newRule, plan, tasksOf } from "@/tests/support/judging";
import { otlpSpan } from "@/tests/support/otlp-request";
import { plainSpan } from "@/tests/support/plain-span";
import { randomFilter } from "@/tests/support/random-filter";
import { pick } from "@/tests/support/random-spans";
import { seededRandom } from "@/tests/support/seeded-random";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

async function decisionsOf(project: Project, traceId: string, now = new Date()): Promise<Decision[]> {
	const { spans } = await findTraceSpans({ projectIds: [project.id], traceId });
	return listDecisions({ projectId: project.id, traceId, spans }, now);
}

// Rules refuse NUL and half characters.
function storableFilter(random: () => number): FilterTree {
	for (;;) {
		const filter = randomFilter(random);
		if (!/\\u0000|\\ud[89a-f]/.test(JSON.stringify(filter))) return filter;
	}
}

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("listDecisions()", () => {
	it("says of each enabled rule and span why it was judged or not", async () => {
		const project = await newProject();
		const spans = [
			answered({ traceId: TRACE, name: "chat" }),
			answered({ traceId: TRACE, name: "tool" }),
			otlpSpan({ traceId: TRACE, name: "chat" }),
		];
		await newRule(project, { name: "off", enabled: false });
		await newRule(project, { name: "chats", filter: 'name = "chat" and kind != "tool"' });
		await send(project, spans);
		await plan(project);
		await newRule(project, { name: "later" });
		const decisions = await decisionsOf(project, TRACE);
		const told = decisions.map(({ ruleName, spanName, state, reason }) => [ruleName, spanName, state, reason]);
		const made = expect.stringMatching(/^It came before the rule was made, switched on or changed \(.*Z\)$/);
		expect(told.sort()).toEqual(
			[
				["chats", "chat", "pending", "Waits for its turn: next"],
				["chats", "chat", "not_matched", "It has no output to judge"],
				["chats", "tool", "not_matched", 'It does not fit name = "chat"'],
				["later", "chat", "not_matched", made],
				["later", "chat", "not_matched", made],
				["later", "tool", "not_matched", made],
			].sort(),
		);
	});

	it("tells what became of an evaluation in each of its states", async () => {
		const project = await newProject();
		await newRule(project);
		await send(project, [answered({ traceId: TRACE })]);
		await plan(project);
		const [task] = await tasksOf(project);
		const later = new Date(Date.now() + 60_000);
		for (const [data, state, reason] of [
			[
				{ status: "PENDING", attempts: 2, lastError: "busy", notBefore: later },
				"pending",
				/^Attempt 2 failed \(busy\)/,
			],
			[{ status: "CLAIMED", attempts: 1 }, "running", /^Attempt 1 is under way$/],
			[{ status: "BLOCKED", lastError: "no key" }, "blocked", /^no key$/],
			[{ status: "FAILED", attempts: 3, lastError: "gone" }, "failed", /^gone \(3 attempts\)$/],
			[{ status: "OVER_BUDGET", lastError: "$1.00 of" }, "over_budget", /^\$1\.00 of$/],
			[
				{ status: "SUCCEEDED", score: 0.5, success: true, lastError: null },
				"done",
				/^scored 0\.5 of 1, passed, by version 1/,
			],
		] as const) {
			await db().evaluationTask.update({ where: { id: task?.id ?? "" }, data });
			const [decision, ...others] = await decisionsOf(project, TRACE);
			expect([decision?.state, others]).toEqual([state, []]);
			expect(decision?.reason).toMatch(reason);
		}
	});

	it("names the hash that left a trace out of the sample, and samples are nested", async () => {
		const project = await newProject();
		const place = sampleOf(TRACE);
		await newRule(project, { name: "few", sampleRate: place * 0.9 });
		await newRule(project, { name: "more", sampleRate: Math.min(1, place * 1.1) });
		await send(project, [answered({ traceId: TRACE })]);
		await plan(project);
		const decisions = await decisionsOf(project, TRACE);
		expect(decisions.map(({ ruleName, state }) => [ruleName, state])).toEqual([
			["few", "sampled_out"],
			["more", "pending"],
		]);
		expect(decisions[0]?.reason).toContain(place.toFixed(4));
	});

	it("holds a trace that is waited for, and one decision for all of its spans", async () => {
		const project = await newProject();
		await newRule(project, { target: "TRACE", settleSeconds: 60 });
		await send(project, [answered({ traceId: TRACE }), answered({ traceId: TRACE })]);
		await plan(project);
		expect(await decisionsOf(project, TRACE)).toMatchObject([{ spanId: null, state: "waiting_for_quiet" }]);
	});

	it("has exactly one current decision of every span and rule, and it is what planning did (random rules and spans)", async () => {
		const random = seededRandom(5);
		const project = await newProject();
		const rules = [];
		for (let index = 0; index < 12; index++) {
			const filter = storableFilter(random);
			const wishes = {
				filter,
				sampleRate: pick(random, [1, 1, 0.5]),
				target: pick(random, ["SPAN", "SPAN", "TRACE"] as const),
			};
			rules.push(await newRule(project, wishes));
		}
		const traces = Array.from({ length: 20 }, (_, index) => TRACE.slice(0, 30) + String(index).padStart(2, "0"));
		await writeSpans(
			traces.flatMap((traceId) =>
				Array.from({ length: 5 }, (_, index) =>
					plainSpan({
						traceId,
						spanId: `00000000000000${String(index).padStart(2, "0")}`,
						projectId: project.id,
						name: pick(random, ["chat", "tool"]),
						output: pick(random, ["an answer", null]),
						origin: pick(random, ["otlp", "otlp", "judge"] as const),
					}),
				),
			),
		);
		await plan(project);
		const { id } = await createBackfill({
			projectId: project.id,
			ruleId: null,
			traceId: null,
			filter: null,
			anew: true,
			from: new Date(0),
			to: new Date(Date.now() + 1000),
		});
		await db().evaluationTask.updateMany({ where: { projectId: project.id }, data: { status: "SUCCEEDED", score: 1 } });
		while (await advanceBackfill(id));
		const planned = new Set(
			(await tasksOf(project)).map(({ ruleId, traceId, spanId }) => `${ruleId} ${traceId} ${spanId}`),
		);
		let replaced = 0;
		for (const traceId of traces) {
			const current = new Map<string, number>();
			for (const { ruleId, spanId, state } of await decisionsOf(project, traceId)) {
				const pair = `${ruleId} ${traceId} ${spanId ?? ""}`;
				if (state === "replaced") replaced++;
				else current.set(pair, (current.get(pair) ?? 0) + 1);
				expect([pair, planned.has(pair)]).toEqual([pair, !["not_matched", "sampled_out"].includes(state)]);
			}
			const spanRules = rules.filter(({ target }) => target === "SPAN").length;
			expect(current.size).toBe(spanRules * 5 + (rules.length - spanRules));
			expect([...current.values()].every((count) => count === 1)).toBe(true);
		}
		expect(planned.size).toBeGreaterThan(20);
		expect(replaced).toBeGreaterThan(20);
	});
});
