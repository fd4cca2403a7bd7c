import type { ReactNode } from "react";
import { CopyShownButton } from "@/app/_ui/copy-shown-button";
import { SectionFrame } from "@/app/_ui/section-frame";
import { ProvenanceNote } from "@/app/p/[project]/traces/[traceId]/provenance-note";
import { StructuredValue, structuredText } from "@/app/p/[project]/traces/[traceId]/structured-value";
import type { DerivedFields } from "@/lib/span/derived-fields";

/** The arguments and the result of a tool that ran. */
export function ToolBlock({ derived }: { derived: DerivedFields }) {
	const { toolArguments, toolResult, provenance } = derived;
	return (
		<>
			{isKnown(toolArguments) && (
				<Block title="Arguments" value={toolArguments} from={provenance.toolArguments}>
					<StructuredValue value={toolArguments} />
				</Block>
			)}
			{isKnown(toolResult) && (
				<Block title="Result" value={toolResult} from={provenance.toolResult}>
					<StructuredValue value={toolResult} />
				</Block>
			)}
		</>
	);
}

interface BlockProps {
	title: string;
	value: unknown;
	from: string | undefined;
	children: ReactNode;
}

function Block({ title, value, from, children }: BlockProps) {
	return (
		<SectionFrame
			title={title}
			note={<ProvenanceNote from={from} />}
			actions={<CopyShownButton text={structuredText(value)} name={title.toLowerCase()} />}
		>
			<div className="p-3">{children}</div>
		</SectionFrame>
	);
}

function isKnown(value: unknown): boolean {
	return value !== null && value !== undefined;
}
