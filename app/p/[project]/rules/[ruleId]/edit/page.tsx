import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { updateRuleAction } from "@/app/p/[project]/rules/actions";
import { BackTest } from "@/app/p/[project]/rules/back-test";
import { dryRunRuleAction, forecastRuleAction } from "@/app/p/[project]/rules/back-test-actions";
import { draftOfRule } from "@/app/p/[project]/rules/rule-draft";
import { RuleForm } from "@/app/p/[project]/rules/rule-form";
import { listConnections } from "@/lib/connections/list-connections";
import { getRule } from "@/lib/rules/get-rule";

export const metadata: Metadata = { title: "Edit rule" };

export default async function EditRulePage({ params }: { params: Promise<{ project: string; ruleId: string }> }) {
	const { project: segment, ruleId } = await params;
	const { project } = await openProject(segment);
	if (!project) notFound();
	const [rule, connections] = await Promise.all([getRule(project.id, ruleId).catch(orNotFound), listConnections()]);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title={`Edit ${rule.name}`}
				text="A changed filter looks at spans from now on. Evaluations that are already waiting keep the rule as it was."
			/>
			<RuleForm
				action={updateRuleAction.bind(null, project.id, rule.id)}
				submit="Save rule"
				draft={draftOfRule(rule)}
				connections={connections}
				segment={project.id}
				back={`/p/${project.id}/rules/${rule.id}`}
			>
				<BackTest
					tracesPath={`/p/${project.id}/traces`}
					forecast={forecastRuleAction.bind(null, project.id)}
					judge={dryRunRuleAction.bind(null, project.id)}
				/>
			</RuleForm>
		</div>
	);
}
