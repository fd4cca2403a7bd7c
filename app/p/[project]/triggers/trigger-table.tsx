import { Trash2 } from "lucide-react";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { deleteTriggerAction } from "@/app/p/[project]/triggers/actions";
import type { Trigger } from "@/lib/triggers/trigger";

export function TriggerTable({ triggers }: { triggers: Trigger[] }) {
	return (
		<Table className="min-w-lg table-fixed">
			<caption className="sr-only">Triggers</caption>
			<thead>
				<tr>
					<HeadCell>Name</HeadCell>
					<HeadCell className="w-40">Created</HeadCell>
					<HeadCell className="w-40">Last used</HeadCell>
					<HeadCell className="w-12">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{triggers.map((trigger) => (
					<tr key={trigger.id} className="hover:bg-hover">
						<Cell className="truncate font-medium" title={trigger.name}>
							{trigger.name}
						</Cell>
						<Cell className="text-xs text-muted">
							<Time epochMs={trigger.createdAt.getTime()} short />
						</Cell>
						<Cell className="text-xs text-muted">
							{trigger.lastUsedAt ? <Time epochMs={trigger.lastUsedAt.getTime()} short /> : "never"}
						</Cell>
						<Cell className="py-1">
							<ConfirmButton
								label={`Delete ${trigger.name}`}
								title={`Delete “${trigger.name}”?`}
								text="Requests signed with its secret are refused from now on. Evaluations that were asked for go on."
								confirm="Delete trigger"
								action={deleteTriggerAction.bind(null, trigger.projectId, trigger.id)}
								variant="ghost"
								size="icon"
							>
								<Trash2 aria-hidden className="size-3.5" />
							</ConfirmButton>
						</Cell>
					</tr>
				))}
			</tbody>
		</Table>
	);
}
