import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { ProjectChooser } from "@/app/p/[project]/project-chooser";
import { NoRules } from "@/app/p/[project]/rules/no-rules";
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
			<PageHeader
				title="Rules"
				text="A rule names the spans or traces that matter, and how what came out of them is judged."
			>
				{rules.length > 0 && (
					<Link href={`${path}/new`} className={buttonClass({ variant: "primary" })}>
						<Plus aria-hidden className="size-4" />
						New rule
					</Link>
				)}
			</PageHeader>
			{rules.length > 0 ? (
				<RuleTable path={path} rules={rules} connections={connections} />
			) : (
				<NoRules path={path} connectionsPath={connections.length === 0 ? `/p/${project.id}/connections` : null} />
			)}
		</div>
	);
}
