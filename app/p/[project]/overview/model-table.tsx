import Link from "next/link";
import { chartNumber } from "@/app/_ui/chart/chart-format";
import { formatCount } from "@/app/_ui/format-number";
import { Cell, HeadCell } from "@/app/_ui/table";
import { listHref, type OverviewChoice } from "@/app/p/[project]/overview/overview-choice";
import { callsOf, unpricedOf } from "@/app/p/[project]/overview/overview-filters";
import { PanelAway, PanelEmpty } from "@/app/p/[project]/overview/panel-words";
import type { ModelSpend } from "@/lib/overview/list-model-spend";

interface Props {
	segment: string;
	choice: OverviewChoice;
	/** Null while the store is away. */
	spend: Promise<ModelSpend | null>;
}

/** What each model was asked and what it cost. */
export async function ModelTable({ segment, choice, spend }: Props) {
	const read = await spend;
	if (!read) return <PanelAway store="ClickHouse" what="what models used and cost is" />;
	if (read.total.calls === 0) return <PanelEmpty>No model was called in this time.</PanelEmpty>;
	return (
		<section
			aria-label="Models"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
			tabIndex={0}
			className="relative overflow-x-auto focus-visible:-outline-offset-2"
		>
			<table className="w-full border-collapse text-left text-sm">
				<caption className="sr-only">Models, the most expensive first</caption>
				<thead>
					<tr>
						<HeadCell>Model</HeadCell>
						<HeadCell className="text-right max-sm:hidden">Calls</HeadCell>
						<HeadCell className="text-right">Tokens in → out</HeadCell>
						<HeadCell className="text-right">Cost</HeadCell>
					</tr>
				</thead>
				<tbody>
					{read.models.map(({ model, ...figures }) => (
						<tr key={model} className="hover:bg-hover">
							<Cell className="max-w-48 py-1.5">
								<Link
									href={listHref(segment, choice, { filter: callsOf(model) })}
									prefetch={false}
									title={model || undefined}
									className="block truncate font-medium text-ink hover:text-accent-ink hover:underline"
								>
									{model || "not told"}
								</Link>
							</Cell>
							<Cell className="py-1.5 text-right max-sm:hidden">{formatCount(figures.calls)}</Cell>
							<Cell className="py-1.5 text-right whitespace-nowrap">
								{chartNumber(figures.inputTokens, "count")} → {chartNumber(figures.outputTokens, "count")}
							</Cell>
							<Cell className="py-1.5 text-right">
								<span title={figures.costUsd === null ? "Not known" : undefined}>
									{chartNumber(figures.costUsd, "usd")}
								</span>
								{figures.unpriced > 0 && (
									<Link
										href={listHref(segment, choice, { filter: unpricedOf(model, figures) })}
										prefetch={false}
										className="block text-2xs text-warn hover:underline"
									>
										{formatCount(figures.unpriced)} unpriced
									</Link>
								)}
							</Cell>
						</tr>
					))}
				</tbody>
			</table>
			{read.more && (
				<p className="border-t border-line px-3 py-2 text-xs text-faint">And more models that cost less.</p>
			)}
		</section>
	);
}
