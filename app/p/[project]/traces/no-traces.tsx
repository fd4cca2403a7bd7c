import { Radio } from "lucide-react";
import { CodeBlock } from "@/app/_ui/code-block";
import { EmptyState } from "@/app/_ui/empty-state";
import { FailedAttempts } from "@/app/p/[project]/ingest/failed-attempts";
import { requestOrigin } from "@/app/p/[project]/traces/request-origin";
import { curlCommand, LANGUAGE_COMMANDS, otelEnvironment } from "@/app/p/[project]/traces/sample-commands";
import { isOpenMode } from "@/lib/auth/authenticate";
import type { ProjectScope } from "@/lib/auth/require-project";

/** Nothing has arrived: how to change that, and what was tried in vain. */
export async function NoTraces({ scope }: { scope: ProjectScope }) {
	const sample = {
		origin: await requestOrigin(),
		projectName: scope.project?.name ?? null,
		needsKey: !isOpenMode(),
	};
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
			<div className="grid w-full max-w-6xl grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
				<div className="flex flex-col gap-4">
					<CodeBlock title="Send one now" text={curlCommand(sample)} />
					<CodeBlock title="Or point any OpenTelemetry SDK here: environment" text={otelEnvironment(sample)} />
					{LANGUAGE_COMMANDS.map(({ language, commands }) => (
						<CodeBlock key={language} title={`Then, for a ${language} program`} text={commands} />
					))}
				</div>
				<div className="order-first xl:sticky xl:top-4 xl:order-none">
					<FailedAttempts scope={scope} />
				</div>
			</div>
		</EmptyState>
	);
}
