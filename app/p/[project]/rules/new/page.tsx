import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { createRuleAction } from "@/app/p/[project]/rules/actions";
import { NoConnection } from "@/app/p/[project]/rules/no-connection";
import { RuleForm } from "@/app/p/[project]/rules/rule-form";
import { listConnections } from "@/lib/connections/list-connections";

export const metadata: Metadata = { title: "New rule" };

export default async function NewRulePage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project) redirect("/p/all/rules");
	const connections = await listConnections();
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title="New rule" />
			{connections.length === 0 ? (
				<NoConnection segment={project.id} />
			) : (
				<RuleForm
					action={createRuleAction.bind(null, project.id)}
					connections={connections}
					back={`/p/${project.id}/rules`}
				/>
			)}
		</div>
	);
}
