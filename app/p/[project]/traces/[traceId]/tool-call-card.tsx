import { Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { LineText } from "@/app/_ui/line-text";
import type { ToolResult } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import { StructuredValue } from "@/app/p/[project]/traces/[traceId]/structured-value";

interface Props {
	name: string;
	id?: string;
	/** Absent when only the result is there. */
	call?: { arguments?: unknown };
	result: ToolResult | null;
}

/** What a tool was asked and what it gave back. */
export function ToolCallCard({ name, id, call, result }: Props) {
	return (
		<article
			aria-label={`Tool ${clipText(name, LINE_CHARS_MAX).shown}`}
			className="overflow-hidden rounded-md border border-line bg-canvas"
		>
			<header className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 px-2.5 py-1">
				<span className="flex min-w-0 items-baseline gap-2">
					<Wrench aria-hidden className="size-3.5 shrink-0 self-center text-faint" />
					<strong className="min-w-0 font-mono text-xs font-medium wrap-anywhere text-ink">
						<LineText text={name} />
					</strong>
				</span>
				{result?.is_error && <Chip tone="fail">failed</Chip>}
				{!call && <Chip title="The call that it answers is not in this conversation">result only</Chip>}
				{id && (
					<code className="ml-auto font-mono text-2xs wrap-anywhere text-faint">
						<LineText text={id} />
					</code>
				)}
			</header>
			{call && (
				<Labelled label="Arguments">
					<StructuredValue value={call.arguments} />
				</Labelled>
			)}
			{result && (
				<Labelled label={result.is_error ? "Error" : "Result"}>
					<StructuredValue value={result.result} />
				</Labelled>
			)}
		</article>
	);
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
	return (
		<div className="border-t border-line px-2.5 py-1.5">
			<h5 className="text-2xs text-faint">{label}</h5>
			{children}
		</div>
	);
}
