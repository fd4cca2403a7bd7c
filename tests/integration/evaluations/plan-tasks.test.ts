import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { markDirty } from "@/lib/evaluations/mark-dirty";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { ingestTraces } from "@/lib/ingest/ingest-traces";

import { updateRule } from "@/lib/rules/update-rule";
import { writeSpans } from "@/lib/traces/write-spans";
import { answered, newConnection, newRule, plan, type RuleWishes, ruleInput, tasksOf } from "@/tests/support/judging";
import { jsonBody, otlpRequest, otlpSpan } from "@/tests/support/otlp-request";
import { plainSpan } from "@/tests/support/plain-span";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

/** How many of the spans a rule matches. */
async function matched(rule: RuleWishes, spans: object[], resource: Record<string, string | number> = {}) {
	const project = await newProject();
	await newRule(project, rule);
	await ingestTraces("json", jsonBody(otlpRequest(spans, { ...resource, "dokimos.project": project.name })));
	await plan(project);
	return (await tasksOf(project)).length;
}

const attribute = (matchKey: string, matchValue: string) => ({ matchType: "ATTRIBUTE" as const, matchKey, matchValue });

describe("planTasks()", () => {
	it("makes one task per rule and span, however often it runs and the span is sent", async () => {
		const project = await newProject();
		const [one, two] = [await newRule(project), await newRule(project, { evaluatorName: "brevity" })];
		await newRule(project, { enabled: false });
		const spans = [answered(), answered(), answered({ name: "other" })];
		await send(project, spans);
		expect(await plan(project)).toBe(4);
		expect(await plan(project)).toBe(0);
		await send(project, spans);
		await Promise.all([plan(project), plan(project)]);
		const tasks = await tasksOf(project);
		expect(new Set(tasks.map((task) => `${task.ruleId} ${task.traceId} ${task.spanId}`)).size).toBe(4);
		expect(tasks).toHaveLength(4);
		expect(new Set(tasks.map((task) => task.ruleId))).toEqual(new Set([one.id, two.id]));
		expect(tasks[0]).toMatchObject({ status: "PENDING", attempts: 0, connectionId: one.connectionId });
	});

	it("keeps the rule as it was when the span matched", async () => {
		const project = await newProject();
		const { id: connectionId } = await newConnection();
		const rule = await newRule(project, { connectionId, threshold: 0.5 });
		await send(project, [answered()]);
		await plan(project);
		await updateRule(project.id, rule.id, ruleInput({ connectionId, threshold: 0.9, criteria: "Edited" }));
		const { name: ruleName, evaluatorName, minScore, maxScore } = rule;
		expect((await tasksOf(project))[0]?.snapshot).toEqual({
			ruleName,
			evaluatorName,
			minScore,
			maxScore,
			threshold: 0.5,
		});
	});

	it("compares names exactly", async () => {
		const names = ["chat", "Chat", "chat ", "chat completion"].map((name) => answered({ name }));
		expect(await matched({ matchValue: "chat" }, names)).toBe(1);
		expect(await matched({ matchValue: "chat " }, names)).toBe(1);
	});

	it("wants an output that is not blank", async () => {
		const bare = otlpSpan();
		const blank = answered({}, { output: " \n" });
		expect(await matched({}, [bare, blank, answered()])).toBe(1);
	});

	it("never matches spans of the judge itself", async () => {
		const project = await newProject();
		await newRule(project);
		const judged = { name: "chat", output: "an answer", projectId: project.id };
		await writeSpans([plainSpan({ ...judged, origin: "judge" })]);
		expect(await plan(project)).toBe(0);
		await writeSpans([plainSpan(judged)]);
		expect(await plan(project)).toBe(1);
	});

	it("compares attributes of every kind as text", async () => {
		const span = answered({}, { flag: true, status: 200, ratio: 0.5, text: "a'b\\c {p0:String}" });
		for (const [key, value, count] of [
			["flag", "true", 1],
			["flag", "True", 0],
			["status", "200", 1],
			["status", "200.0", 0],
			["ratio", "0.5", 1],
			["text", "a'b\\c {p0:String}", 1],
			["absent", "true", 0],
		] as const) {
			expect([key, value, await matched(attribute(key, value), [span])]).toEqual([key, value, count]);
		}
	});

	it("reads a resource's attribute where the span has none of the key", async () => {
		const resource = { "service.name": "checkout", port: 8080 };
		expect(await matched(attribute("service.name", "checkout"), [answered()], resource)).toBe(1);
		expect(await matched(attribute("port", "8080"), [answered()], resource)).toBe(1);
		const overridden = answered({}, { "service.name": "other" });
		expect(await matched(attribute("service.name", "checkout"), [overridden], resource)).toBe(0);
		expect(await matched(attribute("service.name", "other"), [overridden], resource)).toBe(1);
	});

	it("judges a span that was unlinked when it came, once its trace names the project", async () => {
		const project = await newProject();
		await newRule(project);
		const early = answered();
		await send(null, [early]);
		await send(project, [answered({ traceId: early.traceId, name: "root" })]);
		expect(await plan(project)).toBe(1);
		expect((await tasksOf(project))[0]?.spanId).toBe(early.spanId);
	});

	it("leaves other projects' spans alone", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		await newRule(mine);
		await send(other, [answered()]);
		expect(await plan(mine)).toBe(0);
	});

	it("finds every one of more spans than a page of the query holds", async () => {
		const project = await newProject();
		await newRule(project);
		await send(
			project,
			Array.from({ length: 2100 }, () => answered()),
		);
		expect(await plan(project)).toBe(2100);
	});

	it("notes how far it looked and leaves the count of announcements alone", async () => {
		const project = await newProject();
		expect(await markDirty(project.id)).toBe(1n);
		expect(await markDirty(project.id)).toBe(2n);
		const now = new Date(Date.now() + 1000);
		await planTasks({ projectId: project.id, overlapMs: 0, now });
		const cursor = await db().matchCursor.findUnique({ where: { projectId: project.id } });
		expect(cursor).toMatchObject({ dirtySeq: 2n, matchedTo: now });
	});
});
