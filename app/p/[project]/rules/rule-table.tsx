import { Trash2 } from "lucide-react";
import Link from "next/link";
import { ActionForm } from "@/app/_ui/action-form";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormMessage } from "@/app/_ui/form-message";
import { SwitchButton } from "@/app/_ui/switch-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { deleteRuleAction, setRuleEnabledAction } from "@/app/p/[project]/rules/actions";
import { BlockedChip } from "@/app/p/[project]/rules/blocked-chip";
import { filterWords, KIND_WORDS, passWords, sampleWords, TARGET_WORDS } from "@/app/p/[project]/rules/rule-words";
import type { Connection } from "@/lib/connections/connection";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	path: string;
	rules: Rule[];
	connections: Connection[];
}

export function RuleTable({ path, rules, connections }: Props) {
	const byId = new Map(connections.map((connection) => [connection.id, connection]));
	return (
		<Table className="min-w-4xl table-fixed lg:min-w-0">
			<caption className="sr-only">Rules</caption>
			<thead>
				<tr>
					<HeadCell>Name</HeadCell>
					<HeadCell className="w-1/4">Judges</HeadCell>
					<HeadCell className="w-1/5">Evaluator</HeadCell>
					<HeadCell className="w-24">Share</HeadCell>
					<HeadCell className="w-32">Passes</HeadCell>
					<HeadCell className="w-20">Enabled</HeadCell>
					<HeadCell className="w-12">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{rules.map((rule) => (
					<tr key={rule.id} className="hover:bg-hover">
						<Cell>
							<Link
								href={`${path}/${rule.id}`}
								className="block truncate font-medium text-ink hover:text-accent-ink"
								title={rule.name}
							>
								{rule.name}
							</Link>
						</Cell>
						<Cell className="text-xs">
							<span className="line-clamp-2 font-mono wrap-anywhere text-ink" title={filterWords(rule.filter)}>
								{filterWords(rule.filter)}
							</span>
							<span className="text-faint">{TARGET_WORDS[rule.target]}</span>
						</Cell>
						<Cell className="text-xs">
							<span className="block truncate text-sm text-ink" title={rule.evaluatorName}>
								{rule.evaluatorName}
							</span>
							<Judge rule={rule} connection={byId.get(rule.connectionId ?? "")} />
						</Cell>
						<Cell className="text-xs text-muted">{sampleWords(rule.sampleRate)}</Cell>
						<Cell className="text-xs text-muted">
							{passWords(rule)}{" "}
							<span className="text-faint">
								({rule.minScore} to {rule.maxScore})
							</span>
						</Cell>
						<Cell>
							<ActionForm
								action={setRuleEnabledAction.bind(null, rule.projectId, rule.id, !rule.enabled)}
								className="flex flex-col gap-1"
							>
								<SwitchButton on={rule.enabled} label={`${rule.name} enabled`} />
								<FormMessage />
							</ActionForm>
						</Cell>
						<Cell className="py-1">
							<ConfirmButton
								label={`Delete ${rule.name}`}
								title={`Delete “${rule.name}”?`}
								text="Its alerts are deleted with it, and nobody is told, not even that one no longer fires. Scores it has given stay; evaluations that are still waiting are dropped. This cannot be undone."
								confirm="Delete rule"
								action={deleteRuleAction.bind(null, rule.projectId, rule.id)}
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

/** Who gives the score, and whether that is possible at present. */
function Judge({ rule, connection }: { rule: Rule; connection: Connection | undefined }) {
	if (!connection) return <span className="text-faint">{KIND_WORDS[rule.evaluator.kind]}</span>;
	return (
		<span className="flex items-center gap-1.5">
			<span className="min-w-0 truncate text-faint" title={`${connection.name} (${connection.model})`}>
				{connection.name}
			</span>
			<BlockedChip connection={connection} />
		</span>
	);
}
