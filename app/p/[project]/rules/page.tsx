import { ListChecks, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { ProjectChooser } from "@/app/p/[project]/project-chooser";
import { NoConnection } from "@/app/p/[project]/rules/no-connection";
import { RuleTable } from "@/app/p/[project]/rules/rule-table";
import { listConnections } from "@/lib/connections/list-connections";
import { listRules } from "@/lib/rules/list-rules";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project)
		return (
			<ProjectChooser
				title="Rules"
				text="A rule belongs to one project. Whose rules do you want to see?"
				page="rules"
			/>
		);
	const [rules, connections] = await Promise.all([listRules(project.id), listConnections()]);
	const path = `/p/${project.id}/rules`;
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title="Rules" text="A rule names the spans that matter and how a model judges what came out of them.">
				{rules.length > 0 && connections.length > 0 && (
					<Link href={`${path}/new`} className={buttonClass({ variant: "primary" })}>
						<Plus aria-hidden className="size-4" />
						New rule
					</Link>
				)}
			</PageHeader>
			{rules.length > 0 ? (
				<RuleTable path={path} rules={rules} connections={connections} />
			) : connections.length === 0 ? (
				<NoConnection segment={project.id} />
			) : (
				<EmptyState
					icon={<ListChecks />}
					title="Judge what your application answers"
					text="Every span that matches a rule, and that has an output, is scored by the model you choose. Spans stored before the rule are left alone."
				>
					<Link href={`${path}/new`} className={buttonClass({ variant: "primary" })}>
						<Plus aria-hidden className="size-4" />
						New rule
					</Link>
				</EmptyState>
			)}
		</div>
	);
}
