import { Pencil, Trash2 } from "lucide-react";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { formatCost } from "@/app/_ui/format-cost";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { deletePriceOverrideAction, updatePriceOverrideAction } from "@/app/p/[project]/prices/actions";
import { OverrideFields } from "@/app/p/[project]/prices/override-fields";
import type { PriceOverride } from "@/lib/pricing/price-override";

const PRICES = [
	["inputPerMillion", "Input"],
	["outputPerMillion", "Output"],
	["cacheReadPerMillion", "Cache read"],
	["cacheWritePerMillion", "Cache write"],
] as const;

export function OverrideTable({ overrides }: { overrides: PriceOverride[] }) {
	return (
		<Table className="min-w-4xl table-fixed">
			<caption className="sr-only">Price overrides, in US dollars per million tokens</caption>
			<thead>
				<tr>
					<HeadCell>Model</HeadCell>
					<HeadCell className="w-40">Provider</HeadCell>
					{PRICES.map(([field, label]) => (
						<HeadCell key={field} className="w-26 text-right">
							{label}
						</HeadCell>
					))}
					<HeadCell className="w-32">Effective from</HeadCell>
					<HeadCell className="w-24">
						<span className="sr-only">Actions</span>
					</HeadCell>
				</tr>
			</thead>
			<tbody>
				{overrides.map((override) => (
					<tr key={override.id} className="hover:bg-hover">
						<Cell className="truncate font-mono text-xs" title={override.modelPattern}>
							{override.modelPattern}
						</Cell>
						<Cell className="truncate text-xs text-muted" title={override.provider ?? undefined}>
							{override.provider ?? "any"}
						</Cell>
						{PRICES.map(([field]) => (
							<Cell key={field} className="text-right text-xs tabular-nums">
								{override[field] === null ? <span className="text-faint">as input</span> : formatCost(override[field])}
							</Cell>
						))}
						<Cell className="text-xs whitespace-nowrap text-muted">
							<EffectiveFrom moment={override.effectiveFrom} />
						</Cell>
						<Cell className="py-1">
							<span className="flex justify-end">
								<FormDialog
									trigger={<Pencil aria-hidden className="size-3.5" />}
									label={`Edit the price of ${override.modelPattern}`}
									title="Edit price"
									submit="Save"
									action={updatePriceOverrideAction.bind(null, override.projectId, override.id)}
									variant="ghost"
									size="icon"
								>
									<OverrideFields override={override} />
								</FormDialog>
								<ConfirmButton
									label={`Delete the price of ${override.modelPattern}`}
									title={`Delete the price of “${override.modelPattern}”?`}
									text="Spans that are stored keep the cost they have until they are priced again."
									confirm="Delete price"
									action={deletePriceOverrideAction.bind(null, override.projectId, override.id)}
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

/** The day in UTC, as it was entered; the moment too when it is not midnight. */
function EffectiveFrom({ moment }: { moment: Date }) {
	if (moment.getTime() === 0) return "always";
	const iso = moment.toISOString();
	const text = iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : `${iso.slice(0, 16).replace("T", " ")} UTC`;
	return (
		<time dateTime={iso} title={iso}>
			{text}
		</time>
	);
}
