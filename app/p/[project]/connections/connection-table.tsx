import { Trash2 } from "lucide-react";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { deleteConnectionAction, testConnectionAction } from "@/app/p/[project]/connections/actions";
import { TestButton } from "@/app/p/[project]/connections/test-button";
import type { Connection } from "@/lib/connections/connection";

const PROTOCOL_NAMES: Record<Connection["protocol"], string> = {
	RESPONSES: "Responses",
	CHAT_COMPLETIONS: "Chat completions",
};

export function ConnectionTable({ connections }: { connections: Connection[] }) {
	return (
		<Table className="min-w-5xl table-fixed">
			<caption className="sr-only">Connections</caption>
			<thead>
				<tr>
					<HeadCell className="w-1/6">Name</HeadCell>
					<HeadCell>Base URL</HeadCell>
					<HeadCell className="w-36">Model</HeadCell>
					<HeadCell className="w-36">Protocol</HeadCell>
					<HeadCell className="w-36">Key</HeadCell>
					<HeadCell className="w-40">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{connections.map((connection) => (
					<tr key={connection.id} className="hover:bg-hover">
						<Cell className="truncate font-medium" title={connection.name}>
							{connection.name}
						</Cell>
						<Cell className="truncate font-mono text-xs text-muted" title={connection.baseUrl}>
							{connection.baseUrl}
						</Cell>
						<Cell className="truncate font-mono text-xs" title={connection.model}>
							{connection.model}
						</Cell>
						<Cell className="whitespace-nowrap text-muted">{PROTOCOL_NAMES[connection.protocol]}</Cell>
						<Cell className="truncate text-xs text-muted" title={connection.credentialRef ?? undefined}>
							{connection.credentialRef ? (
								<code className="font-mono">${connection.credentialRef}</code>
							) : (
								"stored, encrypted"
							)}
						</Cell>
						<Cell className="py-1">
							<span className="flex items-center justify-end gap-1">
								<TestButton name={connection.name} action={testConnectionAction.bind(null, connection.id)} />
								<ConfirmButton
									label={`Delete ${connection.name}`}
									title={`Delete “${connection.name}”?`}
									text="Its key is deleted with it. A connection that a rule uses cannot be deleted."
									confirm="Delete connection"
									action={deleteConnectionAction.bind(null, connection.id)}
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
