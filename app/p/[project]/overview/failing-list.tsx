import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { failuresOf } from "@/app/p/[project]/overview/overview-filters";
import { PanelAway, PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import type { FailingName } from "@/lib/overview/list-failing-names";

interface Props {
	segment: string;
	choice: OverviewChoice;
	/** Null while the store is away. */
	failing: Promise<FailingName[] | null>;
}

/** What fails in most traces; each leads to its failures. */
export async function FailingList({ segment, choice, failing }: Props) {
	const names = await failing;
	if (!names) return <PanelAway store="ClickHouse" what="what failed is" />;
	if (names.length === 0) return <PanelEmpty>Nothing failed in this time.</PanelEmpty>;
	return (
		<ol className="divide-y divide-line text-sm">
			{names.map(({ name, kind, spans, traces, errorType, lastAtMs }) => (
				<li key={`${kind} ${name}`} className="relative px-3 py-2 hover:bg-hover">
					<div className="flex items-center gap-2">
						<SpanKindIcon kind={kind} />
						<Link
							href={listHref(segment, choice, { filter: failuresOf(name) })}
							prefetch={false}
							title={clipText(name, LINE_CHARS_MAX).shown}
							className="min-w-0 flex-1 truncate font-medium text-ink after:absolute after:inset-0"
						>
							{clipText(name, LINE_CHARS_MAX).shown || "(no name)"}
						</Link>
						<Chip tone="fail">{formatCounted(traces, "trace")}</Chip>
					</div>
					<p className="mt-0.5 flex flex-wrap gap-x-3 pl-6 text-2xs text-faint">
						<span>{formatCounted(spans, "failed span")}</span>
						{errorType && <span className="max-w-48 truncate">{clipText(errorType, LINE_CHARS_MAX).shown}</span>}
						<span>
							last <Time epochMs={lastAtMs} short />
						</span>
					</p>
				</li>
			))}
		</ol>
	);
}
