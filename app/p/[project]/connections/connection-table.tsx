import { Trash2 } from "lucide-react";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { formatCount } from "@/app/_ui/format-number";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { deleteConnectionAction, testConnectionAction } from "@/app/p/[project]/connections/actions";
import { TestButton } from "@/app/p/[project]/connections/test-button";
import { BlockedChip } from "@/app/p/[project]/rules/blocked-chip";
import type { Connection } from "@/lib/connections/connection";

const PROTOCOL_NAMES: Record<Connection["protocol"], string> = {
	RESPONSES: "Responses",
	CHAT_COMPLETIONS: "Chat completions",
};

export function ConnectionTable({ connections }: { connections: Connection[] }) {
	return (
		<Table className="min-w-4xl table-fixed">
			<caption className="sr-only">Connections</caption>
			<thead>
				<tr>
					<HeadCell className="w-1/5">Name</HeadCell>
					<HeadCell>Base URL</HeadCell>
					<HeadCell className="w-36">Model</HeadCell>
					<HeadCell className="w-36">Key</HeadCell>
					<HeadCell className="w-28">Limits</HeadCell>
					<HeadCell className="w-40">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{connections.map((connection) => (
					<tr key={connection.id} className="hover:bg-hover">
						<Cell>
							<span className="flex items-center gap-1.5">
								<span className="min-w-0 truncate font-medium" title={connection.name}>
									{connection.name}
								</span>
								<BlockedChip connection={connection} />
							</span>
							{connection.blockedAt !== null && (
								<span className="mt-0.5 flex flex-col text-xs text-warn">
									{connection.blockedReason !== null && (
										<span className="line-clamp-3 wrap-anywhere">
											{clipText(connection.blockedReason, LINE_CHARS_MAX).shown}
										</span>
									)}
									<span>Evaluations wait until a test passes.</span>
								</span>
							)}
						</Cell>
						<Cell className="truncate font-mono text-xs text-muted" title={connection.baseUrl}>
							{connection.baseUrl}
						</Cell>
						<Cell className="text-xs">
							<span className="block truncate font-mono" title={connection.model}>
								{connection.model}
							</span>
							<span className="text-faint">{PROTOCOL_NAMES[connection.protocol]}</span>
						</Cell>
						<Cell className="truncate text-xs text-muted" title={connection.credentialRef ?? undefined}>
							{connection.credentialRef ? (
								<code className="font-mono">${connection.credentialRef}</code>
							) : (
								"stored, encrypted"
							)}
						</Cell>
						<Cell className="text-xs text-muted">
							{formatCount(connection.maxConcurrency)} at once
							{connection.requestsPerMinute !== null && (
								<span className="block">{formatCount(connection.requestsPerMinute)} a minute</span>
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
