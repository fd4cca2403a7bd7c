import { Radio } from "lucide-react";
import { EmptyState } from "@/app/_ui/empty-state";
import { FailedAttempts } from "@/app/p/[project]/ingest/failed-attempts";
import { Listening } from "@/app/p/[project]/traces/listening";
import { requestOrigin } from "@/app/p/[project]/traces/request-origin";
import { sendSampleAction } from "@/app/p/[project]/traces/sample-action";
import { SampleButton } from "@/app/p/[project]/traces/sample-button";
import { firstSnippets } from "@/app/p/[project]/traces/sample-commands";
import { SnippetTabs } from "@/app/p/[project]/traces/snippet-tabs";
import { isOpenMode } from "@/lib/auth/authenticate";
import type { ProjectScope } from "@/lib/auth/require-project";

/** Nothing has arrived: how to change that, and what was tried in vain. */
export async function NoTraces({ scope }: { scope: ProjectScope }) {
	const needsKey = !isOpenMode();
	const snippets = firstSnippets({
		origin: await requestOrigin(),
		projectName: scope.project?.name ?? null,
		needsKey,
	});
	return (
		<EmptyState
			icon={<Radio />}
			title="Waiting for the first trace"
			text={
				scope.project ? (
					<>
						This page shows it as soon as it arrives. A trace belongs here when its resource attribute{" "}
						<code className="font-mono break-words text-ink">spanwise.project</code> is{" "}
						<code className="font-mono break-words text-ink">{scope.project.name}</code>.
					</>
				) : (
					"This page shows every trace as soon as it arrives, whatever project it names."
				)
			}
		>
			<div className="flex flex-col items-center gap-3">
				<Listening />
				<SampleButton action={sendSampleAction.bind(null, scope.project?.id ?? "all")} />
			</div>
			<div className="grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
				<div className="flex min-w-0 flex-col gap-4">
					<SnippetTabs snippets={snippets} />
					{needsKey && (
						<p className="text-left text-xs text-pretty text-faint">
							The key is not shown here: put the one that you signed in with into the variable SPANWISE_API_KEY.
						</p>
					)}
				</div>
				<div className="xl:sticky xl:top-4">
					<FailedAttempts scope={scope} />
				</div>
			</div>
		</EmptyState>
	);
}
