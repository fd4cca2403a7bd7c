import { Trash2 } from "lucide-react";
import Link from "next/link";
import { ActionForm } from "@/app/_ui/action-form";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormMessage } from "@/app/_ui/form-message";
import { SwitchButton } from "@/app/_ui/switch-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { deleteRuleAction, setRuleEnabledAction } from "@/app/p/[project]/rules/actions";
import type { Connection } from "@/lib/connections/connection";
import type { Rule } from "@/lib/rules/rule";

interface Props {
	path: string;
	rules: Rule[];
	connections: Connection[];
}

export function RuleTable({ path, rules, connections }: Props) {
	const names = new Map(connections.map(({ id, name }) => [id, name]));
	return (
		<Table className="min-w-3xl table-fixed lg:min-w-0">
			<caption className="sr-only">Rules</caption>
			<thead>
				<tr>
					<HeadCell>Name</HeadCell>
					<HeadCell className="w-1/4">Matches spans</HeadCell>
					<HeadCell>Evaluator</HeadCell>
					<HeadCell>Connection</HeadCell>
					<HeadCell className="w-36">Passes</HeadCell>
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
							<Link href={`${path}/${rule.id}`} className="block truncate font-medium text-ink hover:text-accent-ink">
								{rule.name}
							</Link>
						</Cell>
						<Cell className="text-xs">
							<Match rule={rule} />
						</Cell>
						<Cell className="truncate text-muted" title={rule.evaluatorName}>
							{rule.evaluatorName}
						</Cell>
						<Cell className="truncate text-muted">{names.get(rule.connectionId) ?? "deleted"}</Cell>
						<Cell className="text-xs text-muted">
							{rule.threshold === null ? "always" : `from ${rule.threshold}`}{" "}
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
								text="Scores it has given stay; evaluations that are still waiting are dropped. This cannot be undone."
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

function Match({ rule }: { rule: Rule }) {
	const [what, value] = rule.matchType === "SPAN_NAME" ? ["name", rule.matchValue] : [rule.matchKey, rule.matchValue];
	return (
		<span className="block truncate font-mono" title={`${what} = ${value}`}>
			<span className="text-faint">{what} = </span>
			<span className="text-ink">{value}</span>
		</span>
	);
}
