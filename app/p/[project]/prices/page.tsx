import { CircleDollarSign, Plus } from "lucide-react";
import type { Metadata } from "next";
import { EmptyState } from "@/app/_ui/empty-state";
import { FormDialog } from "@/app/_ui/form-dialog";
import { PageHeader } from "@/app/_ui/page-header";
import { openProject } from "@/app/p/[project]/open-project";
import { createPriceOverrideAction, repriceAction } from "@/app/p/[project]/prices/actions";
import { OverrideFields } from "@/app/p/[project]/prices/override-fields";
import { OverrideTable } from "@/app/p/[project]/prices/override-table";
import { RepriceForm } from "@/app/p/[project]/prices/reprice-form";
import { ProjectChooser } from "@/app/p/[project]/project-chooser";
import { listPriceOverrides } from "@/lib/pricing/list-price-overrides";
import { PRICE_LIST } from "@/lib/pricing/price-list";

export const metadata: Metadata = { title: "Prices" };

export default async function PricesPage({ params }: { params: Promise<{ project: string }> }) {
	const { project } = await openProject((await params).project);
	if (!project)
		return (
			<ProjectChooser
				title="Prices"
				text="Prices belong to one project. Whose prices do you want to see?"
				page="prices"
			/>
		);
	const overrides = await listPriceOverrides(project.id);
	return (
		<div className="flex flex-col gap-8 px-4 py-5 lg:px-6">
			<section>
				<PageHeader
					title="Prices"
					text="What a model call cost is what its sender reports, else computed when the span arrives: by the project's own prices below, else by public ones."
				>
					{overrides.length > 0 && <NewPrice projectId={project.id} />}
				</PageHeader>
				{overrides.length > 0 ? (
					<OverrideTable overrides={overrides} />
				) : (
					<EmptyState
						icon={<CircleDollarSign />}
						title="Public prices count"
						text="Give a model a price of your own when yours is negotiated, when you host it yourself, or when the public list does not know it."
					>
						<NewPrice projectId={project.id} />
					</EmptyState>
				)}
				<p className="mt-3 max-w-2xl text-xs text-pretty text-faint">
					Public prices: {PRICE_LIST.name} {PRICE_LIST.version}, released {PRICE_LIST.releasedOn}. The list is part of
					this installation; nothing is downloaded. A model that it does not know has an unknown cost, not a cost of
					zero.
				</p>
			</section>
			<section aria-labelledby="reprice">
				<h2 id="reprice" className="text-base font-semibold text-ink">
					Price stored spans again
				</h2>
				<p className="mt-0.5 mb-4 max-w-2xl text-sm text-pretty text-muted">
					A cost stays as it was computed, whatever prices become. After a change, this computes those of a time range
					anew; reported costs stay.
				</p>
				<RepriceForm action={repriceAction.bind(null, project.id)} />
			</section>
		</div>
	);
}

function NewPrice({ projectId }: { projectId: string }) {
	return (
		<FormDialog
			trigger={
				<>
					<Plus aria-hidden className="size-4" />
					New price
				</>
			}
			title="New price"
			submit="Add price"
			action={createPriceOverrideAction.bind(null, projectId)}
			variant="primary"
		>
			<OverrideFields />
		</FormDialog>
	);
}
