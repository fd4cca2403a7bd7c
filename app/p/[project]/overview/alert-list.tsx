import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { StateChip } from "@/app/p/[project]/alerts/state-chip";
import { PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import type { Alert } from "@/lib/alerts/alert";
import { conditionWords } from "@/lib/alerts/alert-words";
import { listAlerts } from "@/lib/alerts/list-alerts";

const SHOWN = 6;

/** Alerts that fire, then those that changed last. */
export async function AlertList({ projectId }: { projectId: string }) {
	const alerts = (await listAlerts(projectId)).sort(firingFirst).slice(0, SHOWN);
	if (alerts.length === 0) {
		return (
			<PanelEmpty>
				<span className="flex flex-col items-center gap-3">
					Nobody is told yet when something gets worse.
					<Link href={`/p/${projectId}/alerts/new`} className={buttonClass({ size: "sm" })}>
						New alert
					</Link>
				</span>
			</PanelEmpty>
		);
	}
	const now = new Date();
	return (
		<ul className="divide-y divide-line">
			{alerts.map((alert) => (
				<li key={alert.id} className="flex items-start justify-between gap-3 px-3 py-2">
					<div className="min-w-0">
						<Link
							href={`/p/${projectId}/alerts/${alert.id}`}
							prefetch={false}
							title={alert.name}
							className="block truncate text-sm font-medium text-ink hover:text-accent-ink hover:underline"
						>
							{alert.name}
						</Link>
						<p className="text-2xs text-faint">{conditionWords(alert)}</p>
					</div>
					<StateChip alert={alert} now={now} />
				</li>
			))}
		</ul>
	);
}

function firingFirst(a: Alert, b: Alert): number {
	const fires = (alert: Alert) => (alert.enabled && alert.state === "FIRING" ? 0 : 1);
	return fires(a) - fires(b) || b.stateSince.getTime() - a.stateSince.getTime();
}
