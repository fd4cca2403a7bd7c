import { Radio } from "lucide-react";
import { CodeBlock } from "@/app/_ui/code-block";
import { EmptyState } from "@/app/_ui/empty-state";
import { requestOrigin } from "@/app/p/[project]/traces/request-origin";
import { curlCommand, NODE_COMMANDS, otelEnvironment } from "@/app/p/[project]/traces/sample-commands";
import { isOpenMode } from "@/lib/auth/authenticate";
import type { ProjectScope } from "@/lib/auth/require-project";

/** Nothing has arrived: how to change that. */
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
			<div className="flex w-full max-w-3xl flex-col gap-4">
				<CodeBlock title="Send one now" text={curlCommand(sample)} />
				<CodeBlock title="Any OpenTelemetry SDK: environment" text={otelEnvironment(sample)} />
				<CodeBlock title="Then, for a Node program" text={NODE_COMMANDS} />
			</div>
		</EmptyState>
	);
}
