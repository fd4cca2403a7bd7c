import type { Alert, AlertInput } from "@/lib/alerts/alert";
import { alertError, requireOwnRule } from "@/lib/alerts/create-alert";
import { getAlert } from "@/lib/alerts/get-alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";

const MEASURED = ["metric", "comparison", "threshold", "windowMinutes", "minSamples", "ruleId"] as const;

/**
 * Replaces an alert. Its state stays until the next check, so that who was told that it fires is also told when it no longer
 * does; a value measured for other terms is forgotten. Another project's alert or rule is `not_found`, a taken name
 * `conflict`.
 */
export async function updateAlert(projectId: string, alertId: string, input: AlertInput): Promise<Alert> {
	const before = await getAlert(projectId, alertId);
	await requireOwnRule(projectId, input.ruleId);
	const changed = MEASURED.some((field) => input[field] !== before[field]);
	try {
		return await withDatabase(() =>
			db().alert.update({
				where: { id: alertId, projectId },
				data: { ...input, ...(changed ? { lastValue: null, checkedAt: null } : {}) },
			}),
		);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("Alert");
		throw alertError(error, input);
	}
}
