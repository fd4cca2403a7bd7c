import { Chip } from "@/app/_ui/chip";
import { formatCount } from "@/app/_ui/format-number";
import type { TraceSummary } from "@/lib/traces/trace";

/** How the trace ended, and what is missing from it. */
export function TraceBadges({
	summary: { status, errorCount, rootSeen, progress },
}: {
	summary: Pick<TraceSummary, "status" | "errorCount" | "rootSeen" | "progress">;
}) {
	return (
		<>
			{status === "error" ? (
				<Chip tone="fail">failed</Chip>
			) : (
				<Chip tone="pass">{errorCount > 0 ? `ok, ${formatCount(errorCount)} failed` : "ok"}</Chip>
			)}
			{progress === "in_progress" && (
				<Chip tone="info" title="More spans may still arrive">
					in progress
				</Chip>
			)}
			{progress === "unfinished" && (
				<Chip tone="warn" title="No span has arrived for a while, and one never told its end">
					unfinished
				</Chip>
			)}
			{!rootSeen && <RootBadge progress={progress} />}
		</>
	);
}

/** Why nothing stands at the top: the root may still come, or its parent is in nobody's trace but the sender's. */
export function RootBadge({ progress }: Pick<TraceSummary, "progress">) {
	return progress === "in_progress" ? (
		<Chip tone="warn" title="No span without a parent has arrived yet; this is the first one that has">
			no root yet
		</Chip>
	) : (
		<Chip tone="warn" title="Every span names a parent, and the topmost one's has not arrived">
			parent missing
		</Chip>
	);
}
