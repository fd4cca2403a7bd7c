import { ListShell } from "@/app/p/[project]/_list/list-shell";
import type { OpenList } from "@/app/p/[project]/_list/open-list";
import { LiveSwitch } from "@/app/p/[project]/traces/live-switch";
import { NoTraces } from "@/app/p/[project]/traces/no-traces";

/** The traces page of a project that never had one: how to send the first, and it listens. */
export function NewTraces({ open: { scope, place, sought } }: { open: OpenList }) {
	return (
		<ListShell
			title={scope.project ? "Traces" : "All traces"}
			controls={<LiveSwitch place={place} renderedAtMs={sought.now.getTime()} isWaiting />}
		>
			<NoTraces scope={scope} />
		</ListShell>
	);
}
