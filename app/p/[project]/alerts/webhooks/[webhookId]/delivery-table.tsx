import { CircleCheck, CircleX, Clock } from "lucide-react";
import { ActionForm } from "@/app/_ui/action-form";
import { Chip } from "@/app/_ui/chip";
import { Fold } from "@/app/_ui/fold";
import { FormMessage } from "@/app/_ui/form-message";
import { formatCounted } from "@/app/_ui/format-number";
import { SubmitButton } from "@/app/_ui/submit-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { resendDeliveryAction } from "@/app/p/[project]/alerts/actions";
import { type Delivery, TEST_EVENT } from "@/lib/webhooks/delivery";

const STATUSES = {
	DELIVERED: { tone: "pass", icon: <CircleCheck aria-hidden />, words: "delivered" },
	FAILED: { tone: "fail", icon: <CircleX aria-hidden />, words: "failed" },
	PENDING: { tone: "info", icon: <Clock aria-hidden />, words: "pending" },
} as const;

export function DeliveryTable({ deliveries }: { deliveries: Delivery[] }) {
	return (
		<Table className="min-w-3xl table-fixed">
			<caption className="sr-only">Deliveries</caption>
			<thead>
				<tr>
					<HeadCell className="w-36">Queued</HeadCell>
					<HeadCell className="w-32">Event</HeadCell>
					<HeadCell className="w-32">Status</HeadCell>
					<HeadCell>Answer</HeadCell>
					<HeadCell className="w-28">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{deliveries.map((delivery) => (
					<tr key={delivery.id} className="align-top hover:bg-hover [&>td]:align-top">
						<Cell className="text-xs text-muted">
							<Time epochMs={delivery.createdAt.getTime()} short />
						</Cell>
						<Cell className="truncate font-mono text-xs">{delivery.event}</Cell>
						<Cell>
							<Status delivery={delivery} />
						</Cell>
						<Cell>
							<AnswerText delivery={delivery} />
						</Cell>
						<Cell className="py-1">
							{delivery.event !== TEST_EVENT && (
								<ActionForm
									action={resendDeliveryAction.bind(null, delivery.projectId, delivery.webhookId, delivery.id)}
									className="flex flex-col items-end gap-1"
								>
									<SubmitButton variant="secondary" size="sm" aria-label={`Send ${delivery.event} again`}>
										{delivery.status === "PENDING" ? "Try now" : "Resend"}
									</SubmitButton>
									<FormMessage />
								</ActionForm>
							)}
						</Cell>
					</tr>
				))}
			</tbody>
		</Table>
	);
}

function Status({ delivery: { status, attempts, notBefore } }: { delivery: Delivery }) {
	const { tone, icon, words } = STATUSES[status];
	return (
		<>
			<Chip tone={tone} icon={icon}>
				{words}
			</Chip>
			<span className="mt-0.5 block text-2xs text-faint">
				{formatCounted(attempts, "attempt")}
				{status === "PENDING" && notBefore !== null && attempts > 0 && (
					<>
						, next <Time epochMs={notBefore.getTime()} short />
					</>
				)}
			</span>
		</>
	);
}

function AnswerText({ delivery }: { delivery: Delivery }) {
	const { answerStatus, answerText, lastError, durationMs, body, id } = delivery;
	return (
		<div className="flex min-w-0 flex-col gap-1 text-xs">
			{lastError !== null ? (
				<span className="wrap-anywhere text-fail">{lastError}</span>
			) : (
				answerStatus !== null && (
					<span className="text-muted">
						HTTP {answerStatus} in {durationMs} ms
					</span>
				)
			)}
			{answerText && <code className="line-clamp-3 font-mono text-2xs wrap-anywhere text-muted">{answerText}</code>}
			<Fold summary="What is sent" summaryClassName="text-2xs text-faint hover:text-ink">
				<p className="mt-1 text-2xs text-faint">Delivery {id}</p>
				<pre className="mt-1 max-h-48 overflow-auto rounded bg-sunken p-2 font-mono text-2xs wrap-anywhere whitespace-pre-wrap">
					{body}
				</pre>
			</Fold>
		</div>
	);
}
