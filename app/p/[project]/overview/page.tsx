import type { Metadata } from "next";
import { PageHeader } from "@/app/_ui/page-header";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openProject } from "@/app/p/[project]/open-project";
import { AlertList } from "@/app/p/[project]/overview/alert-list";
import { FailingList } from "@/app/p/[project]/overview/failing-list";
import { Figures } from "@/app/p/[project]/overview/figures";
import { LatencyChart } from "@/app/p/[project]/overview/latency-chart";
import { ModelTable } from "@/app/p/[project]/overview/model-table";
import { orAway } from "@/app/p/[project]/overview/or-away";
import { parseOverviewChoice, usualChoice } from "@/app/p/[project]/overview/overview-choice";
import { OverviewRanges } from "@/app/p/[project]/overview/overview-ranges";
import { Panel } from "@/app/p/[project]/overview/panel";
import { ScoreList } from "@/app/p/[project]/overview/score-list";
import { TrafficChart } from "@/app/p/[project]/overview/traffic-chart";
import { NoTraces } from "@/app/p/[project]/traces/no-traces";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { findLatestStart } from "@/lib/overview/find-latest-start";
import { listFailingNames } from "@/lib/overview/list-failing-names";
import { listModelSpend } from "@/lib/overview/list-model-spend";
import { listScoreTrends } from "@/lib/overview/list-score-trends";
import { readTraffic } from "@/lib/overview/read-traffic";

export const metadata: Metadata = { title: "Overview" };

const REFRESH_MS = 15_000;
const FAILING_MAX = 6;

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

/** How it is going: what happened in a window in few numbers, each of them the way to what it counted. */
export default async function OverviewPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const { project, projectIds } = await openProject(segment);
	const nowMs = Date.now();
	const asked = parseOverviewChoice(await searchParams, nowMs);
	const latest = asked ? null : await orAway(findLatestStart(projectIds));
	const choice = asked ?? usualChoice(latest?.startedMs ?? null, nowMs);
	const title = project ? "Overview" : "Overview of all projects";
	if (latest?.startedMs === null) {
		return (
			<div className="px-4 py-5 lg:px-6">
				<PageHeader title={title}>
					<LiveRefresh renderedAtMs={nowMs} />
				</PageHeader>
				<NoTraces scope={{ project, projectIds }} />
			</div>
		);
	}
	const within = { projectIds, window: choice.window };
	const [traffic, spend] = [orAway(readTraffic(within)), orAway(listModelSpend(within))];
	const place = { segment, choice };
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title={title}
				text={!asked && choice.range?.name !== "24h" && "Nothing started in the last day, so this looks back further."}
			>
				<LiveRefresh renderedAtMs={nowMs} pauseMs={REFRESH_MS} />
				<OverviewRanges path={`/p/${segment}/overview`} choice={choice} />
			</PageHeader>
			<div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
				<div className="xl:col-span-2">
					<Figures traffic={traffic} spend={spend} {...place} />
				</div>
				<Panel title="Traces" note="by the start of their root span" heightClass="min-h-56">
					<TrafficChart traffic={traffic} {...place} />
				</Panel>
				<Panel title="Duration" note="of root spans" heightClass="min-h-56">
					<LatencyChart traffic={traffic} {...place} />
				</Panel>
				<Panel title="Models" note="the most expensive first" heightClass="min-h-56">
					<ModelTable spend={spend} {...place} />
				</Panel>
				<Panel title="Failures" note="by name, in most traces first" heightClass="min-h-56">
					<FailingList failing={orAway(listFailingNames(within, FAILING_MAX))} {...place} />
				</Panel>
				<Panel title="Scores" note="by rule, of 0 to 1" heightClass="min-h-40">
					<ScoreList trends={orAway(listScoreTrends(within))} projectIds={projectIds} />
				</Panel>
				{project && (
					<Panel title="Alerts" note="those that fire first" heightClass="min-h-40">
						<AlertList projectId={project.id} />
					</Panel>
				)}
			</div>
		</div>
	);
}
