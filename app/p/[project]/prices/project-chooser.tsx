import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { PageHeader } from "@/app/_ui/page-header";
import { listProjects } from "@/lib/projects/list-projects";

/** Prices belong to one project: asks for which. */
export async function ProjectChooser() {
	const projects = await listProjects();
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title="Prices" text="Prices belong to one project. Whose prices do you want to see?" />
			{projects.length > 0 ? (
				<ul className="flex max-w-md flex-col divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
					{projects.map((project) => (
						<li key={project.id}>
							<Link
								href={`/p/${project.id}/prices`}
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
