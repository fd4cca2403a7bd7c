import { DrawerTrace } from "@/app/p/[project]/traces/[traceId]/drawer-trace";
import { parseTracePlace } from "@/app/p/[project]/traces/[traceId]/trace-place";
import { DrawerFrame } from "@/app/p/[project]/traces/drawer-frame";
import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";

interface Props {
	segment: string;
	/** Of the list's address: `peek` is the trace, `span` and `view` what is chosen in it. */
	search: RawSearchParams;
}

/**
 * The drawer over a list of traces, open when the address names a trace. It is part of the page in either case, so that a row
 * opens it without asking for the list again (see `usePeek`).
 */
export function TraceDrawer({ segment, search }: Props) {
	const traceId = first(search.peek) || null;
	return (
		<DrawerFrame
			segment={segment}
			given={
				traceId === null
					? null
					: {
							traceId,
							node: <DrawerTrace key={traceId} segment={segment} traceId={traceId} place={parseTracePlace(search)} />,
						}
			}
		/>
	);
}
