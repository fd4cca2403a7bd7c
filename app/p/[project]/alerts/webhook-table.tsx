import { Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { ActionForm } from "@/app/_ui/action-form";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { FormMessage } from "@/app/_ui/form-message";
import { SwitchButton } from "@/app/_ui/switch-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import {
	deleteWebhookAction,
	sendTestAction,
	setWebhookEnabledAction,
	updateWebhookAction,
} from "@/app/p/[project]/alerts/actions";
import { SendTestButton } from "@/app/p/[project]/alerts/send-test-button";
import { WebhookFields } from "@/app/p/[project]/alerts/webhook-fields";
import type { AlertWebhook } from "@/lib/webhooks/alert-webhook";

export function WebhookTable({ path, webhooks }: { path: string; webhooks: AlertWebhook[] }) {
	return (
		<Table className="min-w-3xl table-fixed">
			<caption className="sr-only">Webhooks</caption>
			<thead>
				<tr>
					<HeadCell>URL</HeadCell>
					<HeadCell className="w-24">Signed</HeadCell>
					<HeadCell className="w-20">Enabled</HeadCell>
					<HeadCell className="w-64">
						<span className="sr-only">Test</span>
					</HeadCell>
					<HeadCell className="w-36">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{webhooks.map(({ id, projectId, url, hasSecret, enabled, createdAt }) => (
					<tr key={id} className="hover:bg-hover">
						<Cell className="truncate font-mono text-xs" title={url}>
							{url}
						</Cell>
						<Cell className="text-xs text-muted">{hasSecret ? "yes" : "no secret"}</Cell>
						<Cell>
							<ActionForm
								action={setWebhookEnabledAction.bind(null, projectId, id, !enabled)}
								className="flex flex-col gap-1"
							>
								<SwitchButton on={enabled} label={`${url} enabled`} />
								<FormMessage />
							</ActionForm>
						</Cell>
						<Cell className="py-1">
							<SendTestButton name={url} action={sendTestAction.bind(null, projectId, id)} />
						</Cell>
						<Cell className="py-1">
							<span className="flex items-center justify-end gap-1">
								<Link
									href={`${path}/webhooks/${id}`}
									className="mr-1 text-xs font-medium text-accent-ink hover:underline"
									aria-label={`Deliveries to ${url}`}
								>
									Deliveries
								</Link>
								<FormDialog
									trigger={<Pencil aria-hidden className="size-3.5" />}
									label={`Edit ${url}`}
									title="Edit webhook"
									submit="Save"
									action={updateWebhookAction.bind(null, projectId, id, enabled)}
									variant="ghost"
									size="icon"
								>
									<WebhookFields webhook={{ id, projectId, url, hasSecret, enabled, createdAt }} />
								</FormDialog>
								<ConfirmButton
									label={`Delete ${url}`}
									title="Delete this webhook?"
									text={`${url} is told nothing more. The log of its deliveries and its secret are deleted with it.`}
									confirm="Delete webhook"
									action={deleteWebhookAction.bind(null, projectId, id)}
									variant="ghost"
									size="icon"
								>
									<Trash2 aria-hidden className="size-3.5" />
								</ConfirmButton>
							</span>
						</Cell>
					</tr>
				))}
			</tbody>
		</Table>
	);
}
