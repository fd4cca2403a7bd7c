import { SearchX } from "lucide-react";
import { EmptyState } from "@/app/_ui/empty-state";
import { findOpenTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import type { TracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { TraceView } from "@/app/p/[project]/traces/[traceId]/trace-view";

interface Props {
	segment: string;
	traceId: string;
	place: TracePlace;
}

/** A trace beside a list; one that is gone leaves the list as it is. */
export async function DrawerTrace({ segment, traceId, place }: Props) {
	if (await findOpenTrace(segment, traceId)) {
		return <TraceView segment={segment} traceId={traceId} place={place} placement="drawer" />;
	}
	return (
		<div className="p-6 pt-14">
			<EmptyState icon={<SearchX />} title="No such trace" text="It is not in this project, or no longer kept." />
		</div>
	);
}
