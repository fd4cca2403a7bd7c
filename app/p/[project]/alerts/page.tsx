import { Bell, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { FormDialog } from "@/app/_ui/form-dialog";
import { PageHeader } from "@/app/_ui/page-header";
import { createWebhookAction } from "@/app/p/[project]/alerts/actions";
import { AlertTable } from "@/app/p/[project]/alerts/alert-table";
import { TransitionList } from "@/app/p/[project]/alerts/transition-list";
import { WebhookFields } from "@/app/p/[project]/alerts/webhook-fields";
import { WebhookTable } from "@/app/p/[project]/alerts/webhook-table";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openProject } from "@/app/p/[project]/open-project";
import { ProjectChooser } from "@/app/p/[project]/project-chooser";
import { listAlerts } from "@/lib/alerts/list-alerts";
import { listTransitions } from "@/lib/alerts/list-transitions";
import { listRules } from "@/lib/rules/list-rules";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";

export const metadata: Metadata = { title: "Alerts" };

const REFRESH_MS = 5000;
const TRANSITIONS_SHOWN = 20;

export default async function AlertsPage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project)
		return (
			<ProjectChooser
				title="Alerts"
				text="An alert belongs to one project. Whose alerts do you want to see?"
				page="alerts"
			/>
		);
	const [alerts, transitions, webhooks, rules] = await Promise.all([
		listAlerts(project.id),
		listTransitions(project.id, { limit: TRANSITIONS_SHOWN }),
		listWebhooks(project.id),
		listRules(project.id),
	]);
	const path = `/p/${project.id}/alerts`;
	const now = new Date();
	return (
		<div className="flex flex-col gap-8 px-4 py-5 lg:px-6">
			<section>
				<PageHeader
					title="Alerts"
					text="What is watched, measured every minute. When one starts or stops firing, the webhooks below are told."
				>
					<LiveRefresh renderedAtMs={now.getTime()} pauseMs={REFRESH_MS} />
					{alerts.length > 0 && <NewAlert path={path} />}
				</PageHeader>
				{alerts.length > 0 ? (
					<AlertTable path={path} alerts={alerts} rules={new Map(rules.map(({ id, name }) => [id, name]))} now={now} />
				) : (
					<EmptyState
						icon={<Bell />}
						title="Hear of it before your users tell you"
						text="An alert watches pass rate, scores, errors, latency or cost over a window of time, against a number or against the window before."
					>
						<NewAlert path={path} />
					</EmptyState>
				)}
				{transitions.length > 0 && (
					<div className="mt-4">
						<TransitionList transitions={transitions} alerts={alerts} />
					</div>
				)}
			</section>
			<section aria-labelledby="webhooks">
				<header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
					<div>
						<h2 id="webhooks" className="text-base font-semibold text-ink">
							Webhooks
						</h2>
						<p className="mt-0.5 max-w-2xl text-sm text-pretty text-muted">
							Each enabled one gets every alert of the project, tried up to ten times over some hours, always under the
							same delivery id.
						</p>
					</div>
					<FormDialog
						trigger={
							<>
								<Plus aria-hidden className="size-4" />
								New webhook
							</>
						}
						title="New webhook"
						submit="Add webhook"
						action={createWebhookAction.bind(null, project.id)}
					>
						<WebhookFields />
					</FormDialog>
				</header>
				{webhooks.length > 0 ? (
					<WebhookTable path={path} webhooks={webhooks} />
				) : (
					<p className="text-sm text-muted">There is no webhook yet: alerts are shown here and told to nobody.</p>
				)}
			</section>
		</div>
	);
}

function NewAlert({ path }: { path: string }) {
	return (
		<Link href={`${path}/new`} className={buttonClass({ variant: "primary" })}>
			<Plus aria-hidden className="size-4" />
			New alert
		</Link>
	);
}
