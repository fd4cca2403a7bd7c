import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { createRule } from "@/lib/rules/create-rule";
import { deleteRule } from "@/lib/rules/delete-rule";
import { getRule } from "@/lib/rules/get-rule";
import { listEnabledRules } from "@/lib/rules/list-enabled-rules";
import { listRules } from "@/lib/rules/list-rules";
import { setRuleEnabled } from "@/lib/rules/set-rule-enabled";
import { updateRule } from "@/lib/rules/update-rule";
import { failure } from "@/tests/support/failure";
import { answered, newConnection, newRule, plan, ruleInput, tasksOf } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";

describe("rule verbs", () => {
	it("create, list oldest first, replace, switch and delete", async () => {
		const project = await newProject();
		const [one, two] = [await newRule(project), await newRule(project, { enabled: false })];
		expect(await listRules(project.id)).toEqual([one, two]);
		expect(await listEnabledRules(project.id)).toEqual([one]);
		const input = ruleInput({ connectionId: two.connectionId, name: "another", threshold: null, maxScore: 10 });
		expect(await updateRule(project.id, one.id, input)).toMatchObject({ ...input, id: one.id });
		expect(await getRule(project.id, one.id)).toMatchObject({ name: "another", connectionId: two.connectionId });
		expect((await setRuleEnabled(project.id, one.id, false)).enabled).toBe(false);
		await deleteRule(project.id, one.id);
		expect(await listRules(project.id)).toEqual([two]);
	});

	it("refuse a name taken in the project, but not in another one", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const [taken, rule] = [await newRule(mine), await newRule(mine)];
		const input = ruleInput({ connectionId: taken.connectionId, name: taken.name });
		for (const conflict of [() => createRule(mine.id, input), () => updateRule(mine.id, rule.id, input)]) {
			expect(await failure(conflict)).toMatchObject({ code: "conflict", message: expect.stringContaining(taken.name) });
		}
		expect((await createRule(other.id, input)).name).toBe(taken.name);
	});

	it("do not find an unknown connection", async () => {
		const project = await newProject();
		const rule = await newRule(project);
		const input = ruleInput({ connectionId: ABSENT });
		for (const missing of [() => createRule(project.id, input), () => updateRule(project.id, rule.id, input)]) {
			expect(await failure(missing)).toMatchObject({ code: "not_found", message: "LLM connection not found" });
		}
	});

	it("do not find another project's rule, an unknown one or what is no id, and change nothing", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const rule = await newRule(other);
		const input = ruleInput({ connectionId: rule.connectionId, name: "stolen" });
		for (const id of [rule.id, ABSENT, "rule", "", "' OR 1=1"]) {
			for (const verb of [
				() => getRule(mine.id, id),
				() => updateRule(mine.id, id, input),
				() => setRuleEnabled(mine.id, id, false),
				() => deleteRule(mine.id, id),
			]) {
				expect(await failure(verb)).toMatchObject({ code: "not_found", message: "Rule not found" });
			}
		}
		expect(await listRules(mine.id)).toEqual([]);
		expect(await getRule(other.id, rule.id)).toEqual(rule);
	});
});

describe("deleteRule()", () => {
	it("keeps finished evaluations, detached, and drops those that nobody finished", async () => {
		const project = await newProject();
		const rule = await newRule(project);
		await send(project, [answered(), answered(), answered(), answered()]);
		await plan(project);
		const statuses = ["SUCCEEDED", "FAILED", "PENDING", "CLAIMED"] as const;
		for (const [index, task] of (await tasksOf(project)).entries()) {
			await db().evaluationTask.update({ where: { id: task.id }, data: { status: statuses[index] } });
		}
		await deleteRule(project.id, rule.id);
		const left = await tasksOf(project);
		expect(left.map((task) => [task.status, task.ruleId])).toEqual([
			["SUCCEEDED", null],
			["FAILED", null],
		]);
		expect(left[0]?.snapshot).toMatchObject({ evaluatorName: rule.evaluatorName });
	});

	it("touches no task of another project", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const rule = await newRule(other);
		await send(other, [answered()]);
		await plan(other);
		await failure(() => deleteRule(mine.id, rule.id));
		expect(await tasksOf(other)).toHaveLength(1);
	});
});

describe("a rule's start", () => {
	const arrivals = async () => {
		const project = await newProject();
		return { project, arrive: () => send(project, [answered()]), judged: async () => (await tasksOf(project)).length };
	};

	it("leaves spans alone that were there before it was created", async () => {
		const { project, arrive, judged } = await arrivals();
		await arrive();
		await newRule(project);
		await arrive();
		await plan(project);
		expect(await judged()).toBe(1);
	});

	it("moves when it is enabled again, so that the pause is not judged", async () => {
		const { project, arrive, judged } = await arrivals();
		const rule = await newRule(project);
		await setRuleEnabled(project.id, rule.id, false);
		await arrive();
		await plan(project);
		expect(await judged()).toBe(0);
		const enabled = await setRuleEnabled(project.id, rule.id, true);
		expect(enabled.activeSince.getTime()).toBeGreaterThan(rule.activeSince.getTime());
		await arrive();
		await plan(project);
		expect(await judged()).toBe(1);
		expect(await setRuleEnabled(project.id, rule.id, true)).toEqual(enabled);
	});

	it("moves when the match changes, and stays when only the judgement does", async () => {
		const { project, arrive, judged } = await arrivals();
		const { connectionId } = await newConnection().then(({ id }) => ({ connectionId: id }));
		const rule = await newRule(project, { connectionId, matchValue: "other name" });
		await arrive();
		const changed = await updateRule(project.id, rule.id, ruleInput({ connectionId, matchValue: "chat" }));
		expect(changed.activeSince.getTime()).toBeGreaterThan(rule.activeSince.getTime());
		await plan(project);
		expect(await judged()).toBe(0);
		const sharper = await updateRule(project.id, rule.id, ruleInput({ connectionId, threshold: 0.9 }));
		expect(sharper.activeSince).toEqual(changed.activeSince);
	});
});
