import { Chip } from "@/app/_ui/chip";
import { formatCount } from "@/app/_ui/format-number";
import type { TraceSummary } from "@/lib/traces/trace";

/** How the trace ended, and what is missing from it. */
export function TraceBadges({ summary: { status, errorCount, rootSeen, progress } }: { summary: TraceSummary }) {
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
			{!rootSeen && (
				<Chip tone="warn" title="No span without a parent has arrived yet">
					no root yet
				</Chip>
			)}
		</>
	);
}
