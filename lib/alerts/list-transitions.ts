import type { AlertState } from "@/lib/alerts/alert";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** One change of an alert's state, or one that was told only when somebody could be told again. */
export interface AlertTransition {
	alertId: string;
	seq: number;
	from: AlertState;
	to: AlertState;
	value: number | null;
	/** What the value was compared with, the window before; null when with a number. */
	baseline: number | null;
	/** Nobody was told. */
	muted: boolean;
	at: Date;
}

/** The last changes of all alerts of a project, newest first. */
export function listTransitions(projectId: string, { limit }: { limit: number }): Promise<AlertTransition[]> {
	return withDatabase(() =>
		db().alertTransition.findMany({
			where: { alert: { projectId } },
			orderBy: [{ at: "desc" }, { alertId: "asc" }, { seq: "desc" }],
			take: limit,
		}),
	);
}
