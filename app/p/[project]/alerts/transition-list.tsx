import { SectionFrame } from "@/app/_ui/section-frame";
import { Time } from "@/app/_ui/time";
import type { Alert } from "@/lib/alerts/alert";
import { valueWords } from "@/lib/alerts/alert-words";
import type { AlertTransition } from "@/lib/alerts/list-transitions";

const WORDS: Record<Alert["state"], { text: string; className: string }> = {
	FIRING: { text: "fires", className: "text-fail" },
	OK: { text: "is ok", className: "text-pass" },
	NO_DATA: { text: "has no data", className: "text-muted" },
};

/** What changed lately, newest first. */
export function TransitionList({ transitions, alerts }: { transitions: AlertTransition[]; alerts: Alert[] }) {
	const byId = new Map(alerts.map((alert) => [alert.id, alert]));
	return (
		<SectionFrame title="Last changes">
			<ol className="divide-y divide-line text-sm">
				{transitions.map(({ alertId, seq, to, value, baseline, muted, at }) => {
					const alert = byId.get(alertId);
					if (!alert) return null;
					const words = (known: number) => valueWords(alert.metric, known);
					return (
						<li key={`${alertId} ${seq}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
							<span className="text-xs text-faint">
								<Time epochMs={at.getTime()} short />
							</span>
							<span className="min-w-0 wrap-anywhere">
								{alert.name} <span className={WORDS[to].className}>{WORDS[to].text}</span>
							</span>
							<span className="text-xs text-muted">
								{value !== null && words(value)}
								{baseline !== null && `, ${words(baseline)} before`}
								{muted && (value === null ? "nobody told" : ", nobody told")}
							</span>
						</li>
					);
				})}
			</ol>
		</SectionFrame>
	);
}
