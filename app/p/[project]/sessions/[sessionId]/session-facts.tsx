import Link from "next/link";
import { formatCounted } from "@/app/_ui/format-number";
import { conditionText } from "@/app/p/[project]/_list/filter-words";
import { traceSearchHref } from "@/app/p/[project]/traces/search-params";
import type { TraceSummary } from "@/lib/traces/trace";

interface Props {
	base: string;
	sessionId: string;
	traces: readonly TraceSummary[];
	/** These are all traces of the session. */
	isWhole: boolean;
}

/** How many traces there are, whose they are, and the way to them as a list. */
export function SessionFacts({ base, sessionId, traces, isWhole }: Props) {
	const users = [...new Set(traces.flatMap(({ userId }) => (userId === null ? [] : [userId])))];
	const failed = traces.filter(({ status }) => status === "error").length;
	const list = traceSearchHref(`${base}/traces`, {
		filter: conditionText({ field: "session", value: sessionId }),
		range: "all",
	});
	return (
		<p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
			<span>{isWhole ? formatCounted(traces.length, "trace") : `${traces.length} of its traces`}</span>
			{failed > 0 && <span className="text-fail">{failed} failed</span>}
			{users.slice(0, 3).map((user) => (
				<Link
					key={user}
					href={traceSearchHref(`${base}/traces`, {
						filter: conditionText({ field: "user", value: user }),
						range: "all",
					})}
					prefetch={false}
					className="max-w-64 truncate underline underline-offset-2 hover:text-ink"
				>
					user {user}
				</Link>
			))}
			<Link href={list} prefetch={false} className="underline underline-offset-2 hover:text-ink">
				Show as a list
			</Link>
		</p>
	);
}
