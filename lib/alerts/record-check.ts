import type { Alert, AlertState } from "@/lib/alerts/alert";
import { alertMessage } from "@/lib/alerts/alert-message";
import { type AlertEvent, decideEvent } from "@/lib/alerts/decide-event";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { Prisma } from "@/lib/db/generated/client";
import { isUniqueViolation } from "@/lib/db/prisma-errors";
import { queueDeliveries } from "@/lib/webhooks/queue-deliveries";

interface Check {
	/** As it was read before it was measured. */
	alert: Alert;
	state: AlertState;
	value: number | null;
	baseline: number | null;
	now: Date;
}

/**
 * Notes a check in one transaction: the value, and when the state changed or a mute held something back, the transition and
 * a delivery for each enabled webhook of the project. Without one nobody is told, which is as under a mute. Of two checks at
 * once one notes the change; a check of terms that somebody changed meanwhile notes nothing. Returns how many deliveries it
 * queued.
 */
export async function recordCheck(check: Check): Promise<number> {
	try {
		return await withDatabase(() => db().$transaction((tx) => record(tx, check)));
	} catch (error) {
		// Somebody else numbered this transition, and told it.
		if (isUniqueViolation(error)) return 0;
		throw error;
	}
}

async function record(tx: Prisma.TransactionClient, { alert, state, value, baseline, now }: Check): Promise<number> {
	const changed = state !== alert.state;
	const { id, metric, comparison, threshold, windowMinutes, minSamples, ruleId } = alert;
	const terms = { metric, comparison, threshold, windowMinutes, minSamples, ruleId };
	const [noted] = await tx.alert.updateManyAndReturn({
		where: { id, ...terms, enabled: true, state: alert.state, stateSince: alert.stateSince },
		data: { lastValue: value, checkedAt: now, ...(changed ? { state, stateSince: now } : {}) },
	});
	if (!noted) return 0;
	// Whoever is added later must hear that it fires: nobody was told meanwhile.
	const muted = (noted.mutedUntil !== null && noted.mutedUntil > now) || !(await hasReceiver(tx, noted.projectId));
	const event = decideEvent({ state, toldFiring: await wasToldFiring(tx, id), muted });
	if (!changed && event === null) return 0;
	const last = await tx.alertTransition.aggregate({ where: { alertId: id }, _max: { seq: true } });
	const seq = (last._max.seq ?? 0) + 1;
	// A change that is told late is noted once more, as what receivers hear of it.
	const from = event === "alert.resolved" ? "FIRING" : changed ? alert.state : "OK";
	await tx.alertTransition.create({ data: { alertId: id, seq, from, to: state, value, baseline, muted, at: now } });
	return event === null ? 0 : tell(tx, { alert, event, seq, value, baseline, at: now });
}

async function hasReceiver(tx: Prisma.TransactionClient, projectId: string): Promise<boolean> {
	return (await tx.alertWebhook.count({ where: { projectId, enabled: true }, take: 1 })) > 0;
}

async function wasToldFiring(tx: Prisma.TransactionClient, alertId: string): Promise<boolean> {
	const told = await tx.alertTransition.findFirst({
		where: { alertId, muted: false, OR: [{ to: "FIRING" }, { from: "FIRING" }] },
		orderBy: { seq: "desc" },
	});
	return told?.to === "FIRING";
}

async function tell(
	tx: Prisma.TransactionClient,
	change: Pick<Check, "alert" | "value" | "baseline"> & { event: AlertEvent; seq: number; at: Date },
): Promise<number> {
	const { alert, event } = change;
	const project = await tx.project.findUniqueOrThrow({ where: { id: alert.projectId } });
	const rule = alert.ruleId === null ? null : await tx.rule.findUnique({ where: { id: alert.ruleId } });
	const payload = alertMessage({ ...change, projectName: project.name, ruleName: rule?.name ?? null });
	return queueDeliveries({ projectId: alert.projectId, alertId: alert.id, event, payload }, tx);
}
