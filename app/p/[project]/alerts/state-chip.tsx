import { BellOff, BellRing, CircleCheck, CircleDashed, CirclePause, TriangleAlert } from "lucide-react";
import { Chip } from "@/app/_ui/chip";
import { Time } from "@/app/_ui/time";
import { notMeasuredSince } from "@/app/p/[project]/alerts/not-measured-since";
import type { Alert } from "@/lib/alerts/alert";

const STATES = {
	FIRING: { tone: "fail", icon: <BellRing aria-hidden />, words: "firing" },
	OK: { tone: "pass", icon: <CircleCheck aria-hidden />, words: "ok" },
	NO_DATA: { tone: "neutral", icon: <CircleDashed aria-hidden />, words: "no data" },
} as const;

/** What an alert says right now, since when, whether that still holds, and whether anybody is told. */
export function StateChip({ alert, now }: { alert: Alert; now: Date }) {
	const { tone, icon, words } = STATES[alert.state];
	const late = notMeasuredSince(alert, now);
	const muted = alert.mutedUntil !== null && alert.mutedUntil > now;
	return (
		<span className="flex flex-col items-start gap-1">
			<span className="flex flex-wrap gap-1">
				{alert.enabled ? (
					<Chip tone={late && tone === "pass" ? "neutral" : tone} icon={icon}>
						{words}
					</Chip>
				) : (
					<Chip icon={<CirclePause aria-hidden />}>off</Chip>
				)}
				{muted && (
					<Chip tone="warn" icon={<BellOff aria-hidden />}>
						muted
					</Chip>
				)}
			</span>
			<span className="text-2xs text-faint">
				{muted && alert.mutedUntil ? (
					<>
						until <Time epochMs={alert.mutedUntil.getTime()} short />
					</>
				) : (
					<>
						since <Time epochMs={alert.stateSince.getTime()} short />
					</>
				)}
			</span>
			{late && (
				<span className="flex flex-wrap items-center gap-1 text-2xs text-warn">
					<Chip tone="warn" icon={<TriangleAlert aria-hidden />}>
						not measured
					</Chip>{" "}
					since <Time epochMs={late.getTime()} short />
				</span>
			)}
		</span>
	);
}
