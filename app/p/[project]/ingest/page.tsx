import type { Metadata } from "next";
import { PageHeader } from "@/app/_ui/page-header";
import { SectionFrame } from "@/app/_ui/section-frame";
import { arrivalBars } from "@/app/p/[project]/ingest/arrival-bars";
import { ArrivalChart } from "@/app/p/[project]/ingest/arrival-chart";
import { BalancePanel } from "@/app/p/[project]/ingest/balance-panel";
import { BooksAway } from "@/app/p/[project]/ingest/books-away";
import { EngineLine } from "@/app/p/[project]/ingest/engine-line";
import { findSamples } from "@/app/p/[project]/ingest/find-samples";
import { HealthFacts } from "@/app/p/[project]/ingest/health-facts";
import { NoArrivals } from "@/app/p/[project]/ingest/no-arrivals";
import { ProjectTable } from "@/app/p/[project]/ingest/project-table";
import { RangeLinks } from "@/app/p/[project]/ingest/range-links";
import { SenderTable } from "@/app/p/[project]/ingest/sender-table";
import { parseTimeRange, type TimeRange } from "@/app/p/[project]/ingest/time-range";
import { TroubleList } from "@/app/p/[project]/ingest/trouble-list";
import { mostFirst, refusedTroubles, rejectedTroubles } from "@/app/p/[project]/ingest/troubles";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openProject } from "@/app/p/[project]/open-project";
import type { RawSearchParams } from "@/app/p/[project]/traces/search-params";
import type { IngestHealth } from "@/lib/accounting/ingest-health";
import { readIngestHealth } from "@/lib/accounting/read-ingest-health";
import type { ProjectScope } from "@/lib/auth/require-project";
import { isAppError } from "@/lib/errors";
import { listProjects } from "@/lib/projects/list-projects";

export const metadata: Metadata = { title: "Ingest health" };

/** Looking up every span of a long period may take the store half a minute. */
const PATIENCE_MS = 60_000;

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function IngestHealthPage({ params, searchParams }: Props) {
	const { project: segment } = await params;
	const scope = await openProject(segment);
	const range = parseTimeRange(await searchParams);
	const path = `/p/${segment}/ingest`;
	const read = await readBooks(segment, scope, range);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title={scope.project ? "Ingest health" : "Ingest health of all projects"}
				text="What became of every span that arrived, by the minute of its arrival."
			>
				<LiveRefresh renderedAtMs={Date.now()} pauseMs={range.refreshMs} patienceMs={PATIENCE_MS} />
				<RangeLinks path={path} current={range} />
			</PageHeader>
			{read ? <Books {...read} segment={segment} scope={scope} range={range} /> : <BooksAway />}
		</div>
	);
}

interface Read {
	health: IngestHealth;
	hrefOf: (sample: string) => string | null;
}

/** Null when the store is away: the page stays, says so, and looks again. */
async function readBooks(segment: string, scope: ProjectScope, { minutes }: TimeRange): Promise<Read | null> {
	try {
		const health = await readIngestHealth({ projectIds: scope.project ? scope.projectIds : null, minutes });
		return { health, hrefOf: await findSamples(health.rejections, scope.projectIds, segment) };
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}

async function Books({
	health,
	hrefOf,
	segment,
	scope,
	range,
}: Read & { segment: string; scope: ProjectScope; range: TimeRange }) {
	const period = { fromMs: health.from.getTime(), toMs: health.to.getTime(), barMinutes: range.barMinutes };
	const rejections = health.rejections.length > 0 && (
		<SectionFrame title="Rejected spans" note="left out of requests whose other spans were kept">
			<TroubleList troubles={rejectedTroubles(health.rejections, hrefOf).sort(mostFirst)} />
		</SectionFrame>
	);
	const refusals = health.refusedRequests.length > 0 && (
		<SectionFrame
			title="Refused requests"
			note="of all projects: a refused request is not read, so nobody knows whose it is"
		>
			<TroubleList troubles={refusedTroubles(health.refusedRequests).sort(mostFirst)} />
		</SectionFrame>
	);
	// Without arrivals, what was refused is the news.
	if (health.received === 0 && health.balanced !== false) {
		return (
			<div className="flex flex-col gap-4">
				{rejections}
				{refusals}
				<NoArrivals segment={segment} scope={scope} range={range} refused={refusals !== false} />
			</div>
		);
	}
	return (
		<div className="flex flex-col gap-4">
			<BalancePanel health={health} />
			<HealthFacts lag={health.lag} lastError={health.lastError} />
			<ArrivalChart bars={arrivalBars(health.minutes, period)} range={range} />
			{!scope.project && <ProjectTable counted={health.projects} projects={await listProjects()} range={range} />}
			{health.senders.length > 0 && <SenderTable senders={health.senders} />}
			{rejections}
			{refusals || <p className="text-xs text-faint">No request was refused in this period.</p>}
			<EngineLine />
		</div>
	);
}
