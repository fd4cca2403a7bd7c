import Link from "next/link";
import { BucketLinks } from "@/app/_ui/chart/bucket-links";
import { bucketMoment } from "@/app/_ui/chart/bucket-moment";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import { Plot } from "@/app/_ui/chart/plot";
import type { Series } from "@/app/_ui/chart/series";
import { formatCounted } from "@/app/_ui/format-number";
import { formatShare } from "@/app/_ui/format-share";
import { PanelAway, PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import type { ScoreTrend } from "@/lib/overview/list-score-trends";
import { listRules } from "@/lib/rules/list-rules";

interface Props {
	projectIds: string[];
	/** Null while the store is away. */
	trends: Promise<ScoreTrend[] | null>;
}

/** How each rule's verdicts went; each leads to the rule. */
export async function ScoreList({ projectIds, trends }: Props) {
	const [read, rules] = await Promise.all([trends, Promise.all(projectIds.filter(Boolean).map(listRules))]);
	if (!read) return <PanelAway store="ClickHouse" what="what rules found is" />;
	if (read.length === 0) return <PanelEmpty>No rule judged anything in this time.</PanelEmpty>;
	const byId = new Map(rules.flat().map((rule) => [rule.id, rule]));
	return (
		<ul className="divide-y divide-line">
			{read.map(({ ruleId, total, points }) => {
				const rule = byId.get(ruleId);
				return (
					<li key={ruleId} className="grid grid-cols-2 items-center gap-4 px-3 py-2.5">
						<div className="min-w-0">
							{rule ? (
								<Link
									href={`/p/${rule.projectId}/rules/${ruleId}`}
									prefetch={false}
									title={rule.name}
									className="block truncate text-sm font-medium text-ink hover:text-accent-ink hover:underline"
								>
									{rule.name}
								</Link>
							) : (
								<span className="block truncate text-sm text-muted">a deleted rule</span>
							)}
							<p className="text-2xs text-faint">
								<strong className="font-semibold text-ink">{chartNumber(total.mean, "score")}</strong> mean,{" "}
								{total.passRate === null ? "–" : formatShare(total.passRate)} passed,{" "}
								{formatCounted(total.count, "verdict")}
							</p>
						</div>
						<Trend name={rule?.name ?? "a deleted rule"} points={points} />
					</li>
				);
			})}
		</ul>
	);
}

function Trend({ name, points }: { name: string; points: ScoreTrend["points"] }) {
	const mean: Series = { key: "mean", word: "mean", tone: "accent", values: points.map((point) => point.mean) };
	const passed: Series = {
		key: "passed",
		word: "passed",
		tone: "pass",
		isDashed: true,
		values: points.map((point) => point.passRate),
	};
	const buckets = points.map(({ startMs, mean, passRate, count }) => ({
		startMs,
		words:
			count === 0
				? `${bucketMoment(startMs)}: nothing was judged`
				: `${bucketMoment(startMs)}: mean ${chartNumber(mean, "score")}, ${formatShare(passRate ?? 0)} passed, ${formatCounted(count, "verdict")}`,
	}));
	return (
		<Plot
			label={`Mean score and share that passed over time, by ${name}. Its page has the numbers.`}
			unit="score"
			lines={[passed, mean]}
			top={1}
			heightClass="h-12"
		>
			<BucketLinks buckets={buckets} />
		</Plot>
	);
}
