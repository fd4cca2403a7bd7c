import type { Metadata } from "next";
import { CodeBlock } from "@/app/_ui/code-block";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { ProjectChooser } from "@/app/p/[project]/project-chooser";
import { requestOrigin } from "@/app/p/[project]/traces/request-origin";
import { createTriggerAction } from "@/app/p/[project]/triggers/actions";
import { rangeCommand } from "@/app/p/[project]/triggers/example-command";
import { TriggerForm } from "@/app/p/[project]/triggers/trigger-form";
import { TriggerTable } from "@/app/p/[project]/triggers/trigger-table";
import { listTriggers } from "@/lib/triggers/list-triggers";

export const metadata: Metadata = { title: "Triggers" };

export default async function TriggersPage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project)
		return (
			<ProjectChooser
				title="Triggers"
				text="A trigger belongs to one project. Whose triggers do you want to see?"
				page="triggers"
			/>
		);
	const [triggers, origin] = await Promise.all([listTriggers(project.id), requestOrigin()]);
	return (
		<div className="flex flex-col gap-8 px-4 py-5 lg:px-6">
			<section>
				<PageHeader
					title="Triggers"
					text="With a trigger’s secret, a pipeline or another service may ask for evaluations of this project: of one trace by every enabled rule, or of one rule over a time range. The secret signs the request and is never sent."
				/>
				{triggers.length > 0 ? (
					<TriggerTable triggers={triggers} />
				) : (
					<p className="text-sm text-muted">There is no trigger yet: nobody outside can ask for evaluations.</p>
				)}
			</section>
			<section aria-labelledby="new-trigger">
				<h2 id="new-trigger" className="mb-4 text-base font-semibold text-ink">
					New trigger
				</h2>
				<TriggerForm action={createTriggerAction.bind(null, project.id)} origin={origin} projectId={project.id} />
			</section>
			<section aria-labelledby="example" className="flex max-w-3xl flex-col gap-3">
				<div>
					<h2 id="example" className="text-base font-semibold text-ink">
						How to ask
					</h2>
					<p className="mt-0.5 text-sm text-pretty text-muted">
						The answer has an id and a statusUrl. The same signed request again gets the same answer and starts nothing;
						a timestamp counts for five minutes.
					</p>
				</div>
				<CodeBlock
					title="Judge a day by one rule"
					text={rangeCommand({ origin, projectId: project.id, secret: null })}
				/>
			</section>
		</div>
	);
}
