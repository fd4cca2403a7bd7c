import { Inbox } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { CodeBlock } from "@/app/_ui/code-block";
import { EmptyState } from "@/app/_ui/empty-state";
import { TIME_RANGES, type TimeRange, timeRangeHref } from "@/app/p/[project]/ingest/time-range";
import { requestOrigin } from "@/app/p/[project]/traces/request-origin";
import { curlCommand } from "@/app/p/[project]/traces/sample-commands";
import { isOpenMode } from "@/lib/auth/authenticate";
import type { ProjectScope } from "@/lib/auth/require-project";

interface Props {
	segment: string;
	scope: ProjectScope;
	range: TimeRange;
	/** There are refused requests, shown above. */
	refused: boolean;
}

/** No span arrived in this period: how to see whether one can. */
export async function NoArrivals({ segment, scope, range, refused }: Props) {
	const longest = TIME_RANGES.at(-1);
	const command = curlCommand({
		origin: await requestOrigin(),
		projectName: scope.project?.name ?? null,
		needsKey: !isOpenMode(),
	});
	return (
		<EmptyState
			icon={<Inbox />}
			title={`No span arrived in the last ${range.label.toLowerCase()}`}
			text={
				refused
					? "Requests came and were refused: those above, with what to do about each. The command sends one span and tells whether the way here is open."
					: "No request was refused either, so none reached this server. Look whether senders have its address; the command sends one span and tells whether the way here is open."
			}
		>
			<div className="w-full max-w-3xl">
				<CodeBlock title="Send one now" text={command} />
			</div>
			<div className="flex flex-wrap justify-center gap-2">
				{longest && range !== longest && (
					<Link
						href={timeRangeHref(`/p/${segment}/ingest`, longest)}
						replace
						prefetch={false}
						className={buttonClass()}
					>
						Look at {longest.label}
					</Link>
				)}
				<Link href={`/p/${segment}/traces`} prefetch={false} className={buttonClass()}>
					Traces
				</Link>
			</div>
		</EmptyState>
	);
}
