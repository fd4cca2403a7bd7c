import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { createAlertAction } from "@/app/p/[project]/alerts/actions";
import { AlertForm } from "@/app/p/[project]/alerts/alert-form";
import { openProject } from "@/app/p/[project]/open-project";
import { listRules } from "@/lib/rules/list-rules";

export const metadata: Metadata = { title: "New alert" };

export default async function NewAlertPage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project) redirect("/p/all/alerts");
	const rules = await listRules(project.id);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title="New alert" />
			<AlertForm
				action={createAlertAction.bind(null, project.id)}
				rules={rules.map(({ id, name }) => ({ id, name }))}
				back={`/p/${project.id}/alerts`}
			/>
		</div>
	);
}
