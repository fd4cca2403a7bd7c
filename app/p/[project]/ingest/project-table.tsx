import Link from "next/link";
import { formatCount } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Cell, HeadCell } from "@/app/_ui/table";
import { OUTCOMES } from "@/app/p/[project]/ingest/arrival-bars";
import { OUTCOME_WORDS } from "@/app/p/[project]/ingest/arrival-words";
import { type TimeRange, timeRangeHref } from "@/app/p/[project]/ingest/time-range";
import type { IngestProject } from "@/lib/accounting/ingest-health";
import type { Project } from "@/lib/projects/project";

interface Props {
	counted: readonly IngestProject[];
	projects: readonly Project[];
	range: TimeRange;
}

/** The books of each project. */
export function ProjectTable({ counted, projects, range }: Props) {
	const names = new Map(projects.map(({ id, name }) => [id, name]));
	return (
		<SectionFrame title="Projects" note="the most spans first">
			<div className="relative overflow-x-auto">
				<table className="w-full border-collapse text-left text-sm">
					<caption className="sr-only">Projects, the most spans first</caption>
					<thead>
						<tr>
							<HeadCell>Project</HeadCell>
							<HeadCell className="text-right">Received</HeadCell>
							{OUTCOMES.map((outcome) => (
								<HeadCell key={outcome} className="hidden text-right first-letter:uppercase sm:table-cell">
									{OUTCOME_WORDS[outcome].word}
								</HeadCell>
							))}
						</tr>
					</thead>
					<tbody>
						{counted.map((counts) => (
							<tr key={counts.projectId} className="hover:bg-hover">
								<Cell className="wrap-anywhere">
									<ProjectName id={counts.projectId} name={names.get(counts.projectId)} range={range} />
								</Cell>
								<Cell className="text-right">{formatCount(counts.received)}</Cell>
								{OUTCOMES.map((outcome) => (
									<Cell key={outcome} className="hidden text-right sm:table-cell">
										{formatCount(counts[outcome])}
									</Cell>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</SectionFrame>
	);
}

function ProjectName({ id, name, range }: { id: string; name: string | undefined; range: TimeRange }) {
	if (id === "") return <span className="text-muted">none: they named no project that exists here</span>;
	if (name === undefined) return <span className="text-muted">a project that is deleted</span>;
	return (
		<Link
			href={timeRangeHref(`/p/${id}/ingest`, range)}
			prefetch={false}
			className="font-medium text-ink hover:text-accent-ink"
		>
			{name}
		</Link>
	);
}
