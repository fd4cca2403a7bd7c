import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { PageHeader } from "@/app/_ui/page-header";
import { listProjects } from "@/lib/projects/list-projects";

interface Props {
	title: string;
	text: string;
	/** Page of the project to go to. */
	page: "rules" | "alerts" | "prices" | "triggers";
}

/** For what belongs to one project: asks for which. */
export async function ProjectChooser({ title, text, page }: Props) {
	const projects = await listProjects();
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title={title} text={text} />
			{projects.length > 0 ? (
				<ul className="flex max-w-md flex-col divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
					{projects.map((project) => (
						<li key={project.id}>
							<Link
								href={`/p/${project.id}/${page}`}
								className="block truncate px-3 py-2 text-sm font-medium text-ink hover:bg-hover focus-visible:-outline-offset-2"
							>
								{project.name}
							</Link>
						</li>
					))}
				</ul>
			) : (
				<Link href="/" className={buttonClass({ variant: "primary" })}>
					Create a project
				</Link>
			)}
		</div>
	);
}
