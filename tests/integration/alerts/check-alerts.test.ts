import { afterEach, describe, expect, it } from "vitest";
import type { Alert, AlertInput } from "@/lib/alerts/alert";
import { checkAlerts } from "@/lib/alerts/check-alerts";
import { createAlert } from "@/lib/alerts/create-alert";
import { getAlert } from "@/lib/alerts/get-alert";
import { listTransitions } from "@/lib/alerts/list-transitions";
import { muteAlert } from "@/lib/alerts/mute-alert";
import { pruneTransitions } from "@/lib/alerts/prune-transitions";
import { setAlertEnabled } from "@/lib/alerts/set-alert-enabled";
import { unmuteAlert } from "@/lib/alerts/unmute-alert";
import { updateAlert } from "@/lib/alerts/update-alert";
import { db } from "@/lib/db/client";
import type { Project } from "@/lib/projects/project";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { alertInput, giveScores } from "@/tests/support/alerting";
import { newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";
import { withoutClickhouse } from "@/tests/support/without-clickhouse";

ownStores();
// Every check looks at all alerts.
afterEach(() => db().alert.deleteMany());

const START = Date.now();
const MINUTE_MS = 60_000;
/** The moment so many minutes after the start: scores are given and checks are made at any of them. */
const at = (minute: number) => new Date(START + minute * MINUTE_MS);

const queue = (project: Project) =>
	db().webhookDelivery.findMany({ where: { projectId: project.id }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });

/** What receivers were told and what history says, oldest first. */
async function story(project: Project) {
	const transitions = (await listTransitions(project.id, { limit: 100 })).reverse();
	return {
		told: (await queue(project)).map(({ event }) => event),
		changes: transitions.map(({ from, to, muted }) => `${from} > ${to}${muted ? " muted" : ""}`),
	};
}

/** A project that watches its pass rate over ten minutes and tells one webhook. */
async function watched(given: Partial<AlertInput> = {}): Promise<{ project: Project; alert: Alert }> {
	const project = await newProject();
	await createWebhook(project.id, { url: "https://hooks.example/a", secret: undefined, enabled: true });
	const alert = await createAlert(project.id, alertInput({ windowMinutes: 10, ...given }));
	return { project, alert };
}

const fail = (project: Project, minute: number) => giveScores(project, [{ success: false, at: at(minute) }]);
const pass = (project: Project, minute: number) => giveScores(project, [{ success: true, at: at(minute) }]);

describe("checkAlerts()", () => {
	it("tells once that an alert fires and once that it no longer does", async () => {
		const { project, alert } = await watched();
		await checkAlerts(at(0));
		expect(await getAlert(project.id, alert.id)).toMatchObject({ state: "NO_DATA", lastValue: null, checkedAt: at(0) });
		await fail(project, 1);
		expect(await checkAlerts(at(2))).toEqual({ checked: 1, skipped: 0, queued: 1 });
		expect(await getAlert(project.id, alert.id)).toMatchObject({
			state: "FIRING",
			stateSince: at(2),
			lastValue: 0,
			checkedAt: at(2),
		});
		await checkAlerts(at(3));
		expect(await getAlert(project.id, alert.id)).toMatchObject({ stateSince: at(2), checkedAt: at(3) });
		await pass(project, 13);
		await checkAlerts(at(14));
		await checkAlerts(at(15));
		expect(await story(project)).toEqual({
			told: ["alert.fired", "alert.resolved"],
			changes: ["NO_DATA > FIRING", "FIRING > OK"],
		});
	});

	it("says what is known of the alert, in JSON", async () => {
		const { project } = await watched();
		const rule = await newRule(project);
		const alert = await createAlert(
			project.id,
			alertInput({ name: "Falling", ruleId: rule.id, comparison: "FALLS_BY", threshold: 0.25, windowMinutes: 10 }),
		);
		await giveScores(project, [
			{ ruleId: rule.id, at: at(-15) },
			{ ruleId: rule.id, at: at(-5) },
			{ ruleId: rule.id, at: at(-5), success: false },
		]);
		await checkAlerts(at(0));
		const [delivery] = await queue(project);
		expect(JSON.parse(delivery?.body ?? "")).toEqual({
			event: "alert.fired",
			seq: 1,
			alertId: alert.id,
			alertName: "Falling",
			projectId: project.id,
			projectName: project.name,
			ruleId: rule.id,
			ruleName: rule.name,
			metric: "PASS_RATE",
			comparison: "FALLS_BY",
			threshold: 0.25,
			value: 0.5,
			baseline: 1,
			windowMinutes: 10,
			at: at(0).toISOString(),
			path: `/p/${project.id}/alerts`,
			text: `“Falling” fires (${project.name}, rule ${rule.name}): pass rate down by more than 25% over 10 minutes. It is 50%.`,
		});
		const transitions = await listTransitions(project.id, { limit: 9 });
		expect(transitions.find(({ alertId }) => alertId === alert.id)).toMatchObject({
			seq: 1,
			value: 0.5,
			baseline: 1,
			at: at(0),
		});
	});

	it("goes on firing while there are too few samples, and is no data otherwise", async () => {
		const { project, alert } = await watched({ minSamples: 2 });
		await pass(project, 1);
		await pass(project, 1);
		await checkAlerts(at(2));
		await checkAlerts(at(20));
		await fail(project, 21);
		await fail(project, 21);
		await checkAlerts(at(22));
		await checkAlerts(at(40));
		await pass(project, 41);
		await checkAlerts(at(42));
		expect((await getAlert(project.id, alert.id)).state).toBe("FIRING");
		await pass(project, 41);
		await checkAlerts(at(43));
		expect(await story(project)).toEqual({
			told: ["alert.fired", "alert.resolved"],
			changes: ["NO_DATA > OK", "OK > NO_DATA", "NO_DATA > FIRING", "FIRING > OK"],
		});
	});

	it("makes one transition and one delivery when two check at once", async () => {
		const { project } = await watched();
		await fail(project, 1);
		await Promise.all([checkAlerts(at(2)), checkAlerts(at(2)), checkAlerts(at(2))]);
		expect(await story(project)).toEqual({ told: ["alert.fired"], changes: ["NO_DATA > FIRING"] });
	});

	it("notes but does not tell what happens under a mute, and tells at its end what still holds", async () => {
		const { project, alert } = await watched();
		await muteAlert(project.id, alert.id, 60, at(0));
		await fail(project, 1);
		await checkAlerts(at(2));
		expect(await story(project)).toEqual({ told: [], changes: ["NO_DATA > FIRING muted"] });
		await fail(project, 59);
		await Promise.all([checkAlerts(at(61)), checkAlerts(at(61))]);
		await checkAlerts(at(62));
		expect(await story(project)).toEqual({
			told: ["alert.fired"],
			changes: ["NO_DATA > FIRING muted", "OK > FIRING"],
		});
		expect((await getAlert(project.id, alert.id)).stateSince).toEqual(at(2));
	});

	it("never tells what began and ended under a mute, and tells an end that it held back", async () => {
		const { project, alert } = await watched();
		await muteAlert(project.id, alert.id, 60, at(0));
		await fail(project, 1);
		await checkAlerts(at(2));
		await pass(project, 15);
		await checkAlerts(at(16));
		await unmuteAlert(project.id, alert.id);
		await checkAlerts(at(17));
		expect((await story(project)).told).toEqual([]);
		await fail(project, 31);
		await checkAlerts(at(32));
		await muteAlert(project.id, alert.id, 60, at(33));
		await pass(project, 50);
		await checkAlerts(at(51));
		expect((await story(project)).told).toEqual(["alert.fired"]);
		await unmuteAlert(project.id, alert.id);
		await checkAlerts(at(52));
		expect((await story(project)).told).toEqual(["alert.fired", "alert.resolved"]);
	});

	it("tells once that it no longer fires when there is no data left at the end of a mute", async () => {
		const { project, alert } = await watched();
		await fail(project, 1);
		await checkAlerts(at(2));
		await muteAlert(project.id, alert.id, 60, at(3));
		await pass(project, 13);
		await checkAlerts(at(14));
		await checkAlerts(at(30));
		expect((await getAlert(project.id, alert.id)).state).toBe("NO_DATA");
		await checkAlerts(at(64));
		await checkAlerts(at(65));
		await pass(project, 66);
		await checkAlerts(at(67));
		expect(await story(project)).toEqual({
			told: ["alert.fired", "alert.resolved"],
			changes: ["NO_DATA > FIRING", "FIRING > OK muted", "OK > NO_DATA muted", "FIRING > NO_DATA", "NO_DATA > OK"],
		});
	});

	it("tells once that it no longer fires when the data ends with the mute", async () => {
		const { project, alert } = await watched();
		await fail(project, 1);
		await checkAlerts(at(2));
		await muteAlert(project.id, alert.id, 60, at(3));
		await pass(project, 60);
		await checkAlerts(at(61));
		await checkAlerts(at(80));
		await pass(project, 81);
		await checkAlerts(at(82));
		expect((await story(project)).told).toEqual(["alert.fired", "alert.resolved"]);
	});

	it("tells a webhook that is added later that it fires", async () => {
		const project = await newProject();
		await createAlert(project.id, alertInput({ windowMinutes: 10 }));
		await createWebhook(project.id, { url: "https://hooks.example/off", secret: undefined, enabled: false });
		await fail(project, 1);
		await checkAlerts(at(2));
		expect(await story(project)).toEqual({ told: [], changes: ["NO_DATA > FIRING muted"] });
		await createWebhook(project.id, { url: "https://hooks.example/a", secret: undefined, enabled: true });
		await checkAlerts(at(3));
		await checkAlerts(at(4));
		expect((await story(project)).told).toEqual(["alert.fired"]);
	});

	it("ends what still waits to be told when something later is told", async () => {
		const { project } = await watched();
		await fail(project, 1);
		await checkAlerts(at(2));
		await pass(project, 13);
		await checkAlerts(at(14));
		const [fired, resolved] = await queue(project);
		expect(fired).toMatchObject({
			event: "alert.fired",
			status: "FAILED",
			lastError: "A later message took its place",
			completedAt: expect.any(Date),
		});
		expect(resolved).toMatchObject({ event: "alert.resolved", status: "PENDING" });
	});

	it("tells enabled webhooks of the project only, and checks enabled alerts only", async () => {
		const { project, alert } = await watched();
		const other = await watched();
		const off = { url: "https://hooks.example/off", secret: undefined, enabled: false };
		await createWebhook(project.id, off);
		await fail(project, 1);
		await setAlertEnabled(project.id, alert.id, false);
		expect((await checkAlerts(at(2))).checked).toBe(1);
		await setAlertEnabled(project.id, alert.id, true);
		await checkAlerts(at(3));
		expect((await queue(project)).length).toBe(1);
		expect(await queue(other.project)).toEqual([]);
	});

	it("leaves everything as it is while the store is away", async () => {
		const { project, alert } = await watched();
		await fail(project, 1);
		await checkAlerts(at(2));
		const before = await getAlert(project.id, alert.id);
		expect(await withoutClickhouse(() => checkAlerts(at(30)))).toEqual({ checked: 0, skipped: 1, queued: 0 });
		expect(await getAlert(project.id, alert.id)).toEqual(before);
		expect((await story(project)).told).toEqual(["alert.fired"]);
	});

	it("still knows what was told when older changes are forgotten", async () => {
		const { project, alert } = await watched();
		await pass(project, 1);
		await checkAlerts(at(2));
		await checkAlerts(at(20));
		await fail(project, 21);
		await checkAlerts(at(22));
		await muteAlert(project.id, alert.id, 60, at(23));
		await pass(project, 33);
		await checkAlerts(at(34));
		await checkAlerts(at(50));
		expect(await pruneTransitions(at(0))).toBe(0);
		expect(await pruneTransitions(at(31 * 24 * 60))).toBe(3);
		expect((await story(project)).changes).toEqual(["NO_DATA > FIRING", "OK > NO_DATA muted"]);
		await checkAlerts(at(84));
		expect((await story(project)).told).toEqual(["alert.fired", "alert.resolved"]);
		expect((await listTransitions(project.id, { limit: 1 }))[0]).toMatchObject({ seq: 6 });
	});

	it("resolves on other terms what fired on earlier ones", async () => {
		const { project, alert } = await watched();
		await giveScores(project, [
			{ success: false, at: at(1) },
			{ success: false, at: at(1) },
			{ success: true, at: at(1) },
		]);
		await checkAlerts(at(2));
		await updateAlert(project.id, alert.id, alertInput({ windowMinutes: 10, threshold: 0.2 }));
		await checkAlerts(at(3));
		expect((await story(project)).told).toEqual(["alert.fired", "alert.resolved"]);
	});
});
