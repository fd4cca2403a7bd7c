import type { Metadata } from "next";
import { PageHeader } from "@/app/_ui/page-header";
import { ConnectionForm } from "@/app/p/[project]/connections/connection-form";
import { ConnectionTable } from "@/app/p/[project]/connections/connection-table";
import { openProject } from "@/app/p/[project]/open-project";
import { listConnections } from "@/lib/connections/list-connections";

export const metadata: Metadata = { title: "Connections" };

export default async function ConnectionsPage({ params }: { params: Promise<{ project: string }> }) {
	await openProject((await params).project);
	const connections = await listConnections();
	return (
		<div className="flex flex-col gap-8 px-4 py-5 lg:px-6">
			<section>
				<PageHeader
					title="Connections"
					text="The models that judge. Every project can use every connection; keys are kept encrypted and never shown again."
				/>
				{connections.length > 0 ? (
					<ConnectionTable connections={connections} />
				) : (
					<p className="text-sm text-muted">
						There is no connection yet. A rule whose judge is a model needs one: add the first below.
					</p>
				)}
			</section>
			<section aria-labelledby="new-connection">
				<h2 id="new-connection" className="mb-4 text-base font-semibold text-ink">
					New connection
				</h2>
				<ConnectionForm />
			</section>
		</div>
	);
}
