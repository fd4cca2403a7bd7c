import { expect, test } from "vitest";
import { listSampledOut } from "@/lib/evaluations/list-sampled-out";
import { sampleOf } from "@/lib/evaluations/sample";
import { randomHex } from "@/lib/ids";
import { setRuleEnabled } from "@/lib/rules/set-rule-enabled";
import { answered, newRule } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

/** A trace id whose place in every sample is above one half. */
function lateTrace(): string {
	for (;;) {
		const traceId = randomHex(16);
		if (sampleOf(traceId) > 0.5) return traceId;
	}
}

test("a trace is sampled out of the enabled rules that it fits and whose share it is not in, and of no others", async () => {
	const [project, other] = [await newProject(), await newProject()];
	const rule = await newRule(project, { sampleRate: 0.5 });
	await newRule(project, { sampleRate: 1 });
	await newRule(project, { sampleRate: 0.5, filter: 'name = "never"' });
	await newRule(other, { sampleRate: 0.5 });
	const off = await newRule(project, { sampleRate: 0.5 });
	await setRuleEnabled(project.id, off.id, false);
	const [fits, silent] = [lateTrace(), lateTrace()];
	await send(project, [answered({ traceId: fits, name: "chat" }), answered({ traceId: silent, name: "else" })]);
	const found = await listSampledOut({ projectIds: [project.id, other.id, ""], traceIds: [fits, silent] });
	expect(found).toEqual([{ projectId: project.id, traceId: fits, ruleId: rule.id, evaluatorName: rule.evaluatorName }]);
	expect(await listSampledOut({ projectIds: [other.id], traceIds: [fits] })).toEqual([]);
	expect(await listSampledOut({ projectIds: [project.id], traceIds: [] })).toEqual([]);
});
