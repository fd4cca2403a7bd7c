import { Send } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHeader } from "@/app/_ui/page-header";
import { sendTestAction } from "@/app/p/[project]/alerts/actions";
import { SendTestButton } from "@/app/p/[project]/alerts/send-test-button";
import { DeliveryTable } from "@/app/p/[project]/alerts/webhooks/[webhookId]/delivery-table";
import { LiveRefresh } from "@/app/p/[project]/live-refresh";
import { openProject, orNotFound } from "@/app/p/[project]/open-project";
import { getWebhook } from "@/lib/webhooks/get-webhook";
import { listDeliveries } from "@/lib/webhooks/list-deliveries";

export const metadata: Metadata = { title: "Deliveries" };

const SIZE = 50;
const PAGE_MAX = 100_000;
const REFRESH_MS = 3000;

interface Props {
	params: Promise<{ project: string; webhookId: string }>;
	searchParams: Promise<{ page?: string | string[] }>;
}

export default async function DeliveriesPage({ params, searchParams }: Props) {
	const { project: segment, webhookId } = await params;
	const { project } = await openProject(segment);
	if (!project) notFound();
	const page = Math.min(PAGE_MAX, Math.max(0, Math.floor(Number((await searchParams).page)) || 0));
	const webhook = await getWebhook(project.id, webhookId).catch(orNotFound);
	const { deliveries, total } = await listDeliveries({ projectId: project.id, webhookId, page, size: SIZE });
	const path = `/p/${project.id}/alerts/webhooks/${webhookId}`;
	return (
		<div className="px-4 py-5 lg:px-6">
			<PageHeader title="Deliveries" text={<span className="font-mono text-xs wrap-anywhere">{webhook.url}</span>}>
				<LiveRefresh renderedAtMs={Date.now()} pauseMs={REFRESH_MS} waitWhileScrolled />
				<Link href={`/p/${project.id}/alerts`} className={buttonClass({ variant: "ghost" })}>
					All alerts
				</Link>
				<SendTestButton name={webhook.url} action={sendTestAction.bind(null, project.id, webhook.id)} />
			</PageHeader>
			{deliveries.length > 0 ? (
				<DeliveryTable deliveries={deliveries} />
			) : (
				<EmptyState
					icon={<Send />}
					title="Nothing was sent"
					text="Each message to this webhook is listed here for 30 days, with what it answered."
				/>
			)}
			<nav aria-label="Pages" className="mt-3 flex justify-end gap-2 empty:hidden">
				{page > 0 && (
					<Link href={`${path}?page=${page - 1}`} prefetch={false} rel="prev" className={buttonClass()}>
						Newer
					</Link>
				)}
				{(page + 1) * SIZE < total && (
					<Link href={`${path}?page=${page + 1}`} prefetch={false} rel="next" className={buttonClass()}>
						Older
					</Link>
				)}
			</nav>
		</div>
	);
}
