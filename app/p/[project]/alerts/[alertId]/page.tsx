import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageHeader } from "@/app/_ui/page-header";
import { updateAlertAction } from "@/app/p/[project]/alerts/actions";
import { AlertForm } from "@/app/p/[project]/alerts/alert-form";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { getAlert } from "@/lib/alerts/get-alert";
import { listRules } from "@/lib/rules/list-rules";

export const metadata: Metadata = { title: "Edit alert" };

export default async function AlertPage({ params }: { params: Promise<{ project: string; alertId: string }> }) {
	const { project: segment, alertId } = await params;
	const { project } = await openProject(segment);
	if (!project) notFound();
	const [alert, rules] = await Promise.all([getAlert(project.id, alertId).catch(orNotFound), listRules(project.id)]);
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader
				title={alert.name}
				text="Other terms count from the next check. An alert that fires goes on firing until they say otherwise."
			/>
			<AlertForm
				action={updateAlertAction.bind(null, project.id, alert.id)}
				alert={alert}
				rules={rules.map(({ id, name }) => ({ id, name }))}
				back={`/p/${project.id}/alerts`}
			/>
		</div>
	);
}
