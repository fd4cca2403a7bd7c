import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { buttonClass } from "@/app/_ui/button";
import { PageHeader } from "@/app/_ui/page-header";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { Backfills } from "@/app/p/[project]/rules/[ruleId]/backfills";
import { DecisionFigures } from "@/app/p/[project]/rules/[ruleId]/decision-figures";
import { LastError } from "@/app/p/[project]/rules/[ruleId]/last-error";
import { LastVerdicts } from "@/app/p/[project]/rules/[ruleId]/last-verdicts";
import { RuleFacts } from "@/app/p/[project]/rules/[ruleId]/rule-facts";
import { ScoreTrend } from "@/app/p/[project]/rules/[ruleId]/score-trend";
import { SpentToday } from "@/app/p/[project]/rules/[ruleId]/spent-today";
import { VersionHistory } from "@/app/p/[project]/rules/[ruleId]/version-history";
import { listConnections } from "@/lib/connections/list-connections";
import { listBackfills } from "@/lib/evaluations/list-backfills";
import { readRuleReport } from "@/lib/evaluations/read-rule-report";
import { getRule } from "@/lib/rules/get-rule";
import { listRuleVersions } from "@/lib/rules/list-rule-versions";

export const metadata: Metadata = { title: "Rule" };

/** What a rule says, what it did, and what it may still do with what is stored. */
export default async function RulePage({ params }: { params: Promise<{ project: string; ruleId: string }> }) {
	const { project: segment, ruleId } = await params;
	const { project } = await openProject(segment);
	if (!project) notFound();
	const rule = await getRule(project.id, ruleId).catch(orNotFound);
	const [report, versions, backfills, connections] = await Promise.all([
		readRuleReport(project.id, rule.id),
		listRuleVersions(project.id, rule.id),
		listBackfills(project.id, rule.id),
		listConnections(),
	]);
	const path = `/p/${project.id}/rules/${rule.id}`;
	const tracesPath = `/p/${project.id}/traces`;
	const isMoving =
		report.counts.pending + report.counts.running > 0 || backfills.some(({ status }) => status === "RUNNING");
	return (
		<div className="flex max-w-6xl flex-col gap-4 px-4 py-5 lg:px-6">
			<PageHeader title={rule.name}>
				{isMoving && <LiveRefresh renderedAtMs={Date.now()} />}
				<Link href={`${path}/edit`} className={buttonClass()}>
					<Pencil aria-hidden className="size-3.5" />
					Edit
				</Link>
			</PageHeader>
			<DecisionFigures counts={report.counts} />
			<LastError error={report.lastError} />
			<div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
				<ScoreTrend trend={report.trend} />
				<SpentToday rule={rule} spent={report.spentToday} />
			</div>
			<RuleFacts
				rule={rule}
				connection={connections.find(({ id }) => id === rule.connectionId) ?? null}
				tracesPath={tracesPath}
			/>
			<LastVerdicts verdicts={report.lastVerdicts} tracesPath={tracesPath} />
			<Backfills rule={rule} backfills={backfills} />
			<VersionHistory versions={versions} connections={connections} />
		</div>
	);
}
