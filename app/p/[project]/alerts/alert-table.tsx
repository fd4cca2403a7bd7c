import { Bell, BellOff, Trash2 } from "lucide-react";
import Link from "next/link";
import { ActionForm } from "@/app/_ui/action-form";
import { Button } from "@/app/_ui/button";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { FormMessage } from "@/app/_ui/form-message";
import { SelectField } from "@/app/_ui/select-field";
import { SwitchButton } from "@/app/_ui/switch-button";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import {
	deleteAlertAction,
	muteAlertAction,
	setAlertEnabledAction,
	unmuteAlertAction,
} from "@/app/p/[project]/alerts/actions";
import { StateChip } from "@/app/p/[project]/alerts/state-chip";
import type { Alert } from "@/lib/alerts/alert";
import { conditionWords, valueWords } from "@/lib/alerts/alert-words";

const MUTES: [minutes: number, label: string][] = [
	[30, "30 minutes"],
	[60, "1 hour"],
	[240, "4 hours"],
	[1440, "1 day"],
	[10_080, "1 week"],
];

interface Props {
	path: string;
	alerts: Alert[];
	/** Names of the project's rules, by id. */
	rules: ReadonlyMap<string, string>;
	now: Date;
}

export function AlertTable({ path, alerts, rules, now }: Props) {
	return (
		<Table className="min-w-240 table-fixed">
			<caption className="sr-only">Alerts</caption>
			<thead>
				<tr>
					<HeadCell className="w-36">State</HeadCell>
					<HeadCell>Name</HeadCell>
					<HeadCell className="w-1/3">Fires on</HeadCell>
					<HeadCell className="w-36">Last value</HeadCell>
					<HeadCell className="w-20">Enabled</HeadCell>
					<HeadCell className="w-24">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{alerts.map((alert) => (
					<tr key={alert.id} className="hover:bg-hover">
						<Cell>
							<StateChip alert={alert} now={now} />
						</Cell>
						<Cell>
							<Link href={`${path}/${alert.id}`} className="block truncate font-medium text-ink hover:text-accent-ink">
								{alert.name}
							</Link>
							<span className="block truncate text-xs text-faint">
								{alert.ruleId === null ? "Whole project" : `Rule ${rules.get(alert.ruleId) ?? "deleted"}`}
							</span>
						</Cell>
						<Cell className="text-muted">{conditionWords(alert)}</Cell>
						<Cell>
							<LastValue alert={alert} />
						</Cell>
						<Cell>
							<ActionForm
								action={setAlertEnabledAction.bind(null, alert.projectId, alert.id, !alert.enabled)}
								className="flex flex-col gap-1"
							>
								<SwitchButton on={alert.enabled} label={`${alert.name} enabled`} />
								<FormMessage />
							</ActionForm>
						</Cell>
						<Cell className="py-1">
							<span className="flex items-center justify-end gap-1">
								<Mute alert={alert} now={now} />
								<ConfirmButton
									label={`Delete ${alert.name}`}
									title={`Delete “${alert.name}”?`}
									text="Its history goes with it. Nobody is told, not even that it no longer fires."
									confirm="Delete alert"
									action={deleteAlertAction.bind(null, alert.projectId, alert.id)}
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

function LastValue({ alert: { metric, lastValue, checkedAt } }: { alert: Alert }) {
	if (checkedAt === null) return <span className="text-xs text-faint">not measured yet</span>;
	return (
		<>
			<span className="block tabular-nums">{lastValue === null ? "unknown" : valueWords(metric, lastValue)}</span>
			<span className="block text-2xs text-faint">
				<Time epochMs={checkedAt.getTime()} short />
			</span>
		</>
	);
}

function Mute({ alert, now }: { alert: Alert; now: Date }) {
	if (alert.mutedUntil !== null && alert.mutedUntil > now) {
		const label = `Tell of ${alert.name} again`;
		return (
			<ActionForm action={unmuteAlertAction.bind(null, alert.projectId, alert.id)}>
				<Button type="submit" variant="ghost" size="icon" aria-label={label} title={label}>
					<Bell aria-hidden className="size-3.5" />
				</Button>
			</ActionForm>
		);
	}
	return (
		<FormDialog
			trigger={<BellOff aria-hidden className="size-3.5" />}
			label={`Mute ${alert.name}`}
			title={`Mute “${alert.name}”`}
			submit="Mute"
			action={muteAlertAction.bind(null, alert.projectId, alert.id)}
			variant="ghost"
			size="icon"
		>
			<SelectField
				name="minutes"
				label="For"
				defaultValue="60"
				hint="Changes are noted but nobody is told. What still holds at the end is told then."
			>
				{MUTES.map(([minutes, label]) => (
					<option key={minutes} value={minutes}>
						{label}
					</option>
				))}
			</SelectField>
		</FormDialog>
	);
}
