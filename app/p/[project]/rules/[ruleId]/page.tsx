import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { updateRuleAction } from "@/app/p/[project]/rules/actions";
import { RuleForm } from "@/app/p/[project]/rules/rule-form";
import { listConnections } from "@/lib/connections/list-connections";
import { getRule } from "@/lib/rules/get-rule";

export const metadata: Metadata = { title: "Edit rule" };

export default async function RulePage({ params }: { params: Promise<{ project: string; ruleId: string }> }) {
	const { project: segment, ruleId } = await params;
	const { project } = await openProject(segment);
	if (!project) notFound();
	const [rule, connections] = await Promise.all([getRule(project.id, ruleId).catch(orNotFound), listConnections()]);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title={rule.name}
				text="A changed match looks at spans from now on. Evaluations that are already waiting keep the rule as it was."
			/>
			<RuleForm
				action={updateRuleAction.bind(null, project.id, rule.id)}
				rule={rule}
				connections={connections}
				back={`/p/${project.id}/rules`}
			/>
		</div>
	);
}
