import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { createRuleAction } from "@/app/p/[project]/rules/actions";
import { BackTest } from "@/app/p/[project]/rules/back-test";
import { dryRunRuleAction, forecastRuleAction } from "@/app/p/[project]/rules/back-test-actions";
import { StarterGallery } from "@/app/p/[project]/rules/new/starter-gallery";
import { draftOfStarter } from "@/app/p/[project]/rules/rule-draft";
import { RuleForm } from "@/app/p/[project]/rules/rule-form";
import { first, type RawSearchParams } from "@/app/p/[project]/traces/search-params";
import { listConnections } from "@/lib/connections/list-connections";
import { findStarter } from "@/lib/rules/gallery";

export const metadata: Metadata = { title: "New rule" };

interface Props {
	params: Promise<{ project: string }>;
	searchParams: Promise<RawSearchParams>;
}

export default async function NewRulePage({ params, searchParams }: Props) {
	const { project } = await openProject((await params).project);
	if (!project) redirect("/p/all/rules");
	const starter = findStarter(first((await searchParams).starter));
	const connections = await listConnections();
	const path = `/p/${project.id}/rules`;
	return (
		<div className="flex flex-col gap-6 px-4 py-5 lg:px-6">
			<div>
				<PageHeader title="New rule" />
				<StarterGallery path={`${path}/new`} chosen={starter} />
			</div>
			{/* The key lets another starter fill the fields anew. */}
			<RuleForm
				key={starter?.id ?? ""}
				action={createRuleAction.bind(null, project.id)}
				submit="Create rule"
				draft={draftOfStarter(starter)}
				connections={connections}
				segment={project.id}
				back={path}
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
