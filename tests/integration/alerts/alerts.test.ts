import { describe, expect, it } from "vitest";
import { createAlert } from "@/lib/alerts/create-alert";
import { deleteAlert } from "@/lib/alerts/delete-alert";
import { getAlert } from "@/lib/alerts/get-alert";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { muteAlert } from "@/lib/alerts/mute-alert";
import { setAlertEnabled } from "@/lib/alerts/set-alert-enabled";
import { unmuteAlert } from "@/lib/alerts/unmute-alert";
import { updateAlert } from "@/lib/alerts/update-alert";
import { db } from "@/lib/db/client";
import { deleteProject } from "@/lib/projects/delete-project";
import { alertInput } from "@/tests/support/alerting";
import { failure } from "@/tests/support/failure";
import { newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";

describe("alert verbs", () => {
	it("create, read, list, replace, switch, mute and delete", async () => {
		const project = await newProject();
		const rule = await newRule(project);
		const input = alertInput({ ruleId: rule.id });
		const one = await createAlert(project.id, input);
		expect(one).toMatchObject({ ...input, projectId: project.id, state: "NO_DATA", lastValue: null, checkedAt: null });
		const two = await createAlert(project.id, alertInput());
		expect(await listAlerts(project.id)).toEqual([one, two]);
		expect(await getAlert(project.id, one.id)).toEqual(one);
		const other = alertInput({ metric: "COST", comparison: "RISES_BY", threshold: 2, windowMinutes: 1440 });
		expect(await updateAlert(project.id, one.id, other)).toEqual({ ...one, ...other });
		expect(await setAlertEnabled(project.id, one.id, false)).toMatchObject({ enabled: false });
		const now = new Date();
		expect((await muteAlert(project.id, one.id, 30, now)).mutedUntil).toEqual(new Date(now.getTime() + 1_800_000));
		expect((await unmuteAlert(project.id, one.id)).mutedUntil).toBeNull();
		await deleteAlert(project.id, one.id);
		expect(await listAlerts(project.id)).toEqual([two]);
	});

	it("keep the state of an alert that is changed, and forget what was measured on other terms", async () => {
		const project = await newProject();
		const input = alertInput();
		const { id } = await createAlert(project.id, input);
		await db().alert.update({ where: { id }, data: { state: "FIRING", lastValue: 0.1, checkedAt: new Date() } });
		const renamed = await updateAlert(project.id, id, { ...input, name: "renamed" });
		expect(renamed).toMatchObject({ state: "FIRING", lastValue: 0.1, checkedAt: expect.any(Date) });
		const changed = await updateAlert(project.id, id, { ...input, threshold: 0.6 });
		expect(changed).toMatchObject({ state: "FIRING", lastValue: null, checkedAt: null });
	});

	it("do not find another project's, an unknown one or what is no id, and change nothing", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const alert = await createAlert(other.id, alertInput());
		for (const id of [alert.id, ABSENT, "alert", "", "' OR 1=1"]) {
			for (const verb of [
				() => getAlert(mine.id, id),
				() => updateAlert(mine.id, id, alertInput()),
				() => setAlertEnabled(mine.id, id, false),
				() => muteAlert(mine.id, id, 5),
				() => unmuteAlert(mine.id, id),
				() => deleteAlert(mine.id, id),
			]) {
				expect(await failure(verb)).toMatchObject({ code: "not_found", message: "Alert not found" });
			}
		}
		expect(await listAlerts(other.id)).toEqual([alert]);
		expect(await failure(() => createAlert(ABSENT, alertInput()))).toMatchObject({ message: "Project not found" });
	});

	it("take no rule of another project and no name twice", async () => {
		const [mine, other] = [await newProject(), await newProject()];
		const ruleId = (await newRule(other)).id;
		const alert = await createAlert(mine.id, alertInput());
		const taken = alertInput({ name: (await createAlert(mine.id, alertInput())).name });
		for (const verb of [
			() => createAlert(mine.id, alertInput({ ruleId })),
			() => updateAlert(mine.id, alert.id, alertInput({ ruleId })),
		]) {
			expect(await failure(verb)).toMatchObject({ code: "not_found", message: "Rule not found" });
		}
		for (const verb of [() => createAlert(mine.id, taken), () => updateAlert(mine.id, alert.id, taken)]) {
			expect((await failure(verb)).code).toBe("conflict");
		}
	});

	it("go with their project and with their rule", async () => {
		const project = await newProject();
		const rule = await newRule(project);
		await createAlert(project.id, alertInput({ ruleId: rule.id }));
		await db().rule.delete({ where: { id: rule.id } });
		expect(await listAlerts(project.id)).toEqual([]);
		await createAlert(project.id, alertInput());
		await deleteProject(project.id);
		expect(await listAlerts(project.id)).toEqual([]);
	});
});
