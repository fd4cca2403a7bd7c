import { FoldedList } from "@/app/_ui/folded-list";
import { FoldedText } from "@/app/_ui/folded-text";
import { LineText } from "@/app/_ui/line-text";
import { PartFold } from "@/app/p/[project]/traces/[traceId]/part-fold";
import { StructuredValue } from "@/app/p/[project]/traces/[traceId]/structured-value";
import type { ToolDefinition } from "@/lib/span/message";

const SHOWN = { shownChars: 400, shownLines: 6 };

/** The functions that the model could call. */
export function ToolDefinitions({ tools }: { tools: ToolDefinition[] }) {
	return (
		<FoldedList
			items={tools}
			noun="tool"
			className="divide-y divide-line"
			render={({ name, description, parameters }) => (
				<div className="flex flex-col gap-1.5 px-3 py-2">
					<code className="font-mono text-xs font-medium wrap-anywhere text-ink">
						<LineText text={name} />
					</code>
					{description && <FoldedText text={description} className="text-muted" {...SHOWN} />}
					{parameters !== undefined && (
						<PartFold title="Schema">
							<StructuredValue value={parameters} />
						</PartFold>
					)}
				</div>
			)}
		/>
	);
}
