import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { FoldedList } from "@/app/_ui/folded-list";
import { formatCounted } from "@/app/_ui/format-number";
import { KeyValues } from "@/app/_ui/key-values";
import { LineText } from "@/app/_ui/line-text";
import { Time } from "@/app/_ui/time";
import { attributeRows } from "@/app/p/[project]/traces/[traceId]/attribute-rows";
import type { SpanEvent } from "@/lib/span/span";

export function SpanEvents({ events }: { events: SpanEvent[] }) {
	return (
		<FoldedList
			items={events}
			noun="event"
			className="divide-y divide-line"
			render={(event) => (
				<>
					<p className="flex flex-wrap justify-between gap-x-4 px-3 py-2 text-xs">
						<strong className="font-medium wrap-anywhere text-ink">
							<LineText text={event.name || "unnamed event"} />
						</strong>
						{event.timeUnixNano !== null && (
							<span className="text-muted">
								<Time
									epochMs={Number(event.timeUnixNano / 1_000_000n)}
									fraction={String(event.timeUnixNano % 1_000_000_000n).padStart(9, "0")}
								/>
							</span>
						)}
					</p>
					{event.droppedAttributesCount > 0 && (
						<p className="px-3 pb-2 text-xs text-warn">
							{formatCounted(event.droppedAttributesCount, "attribute")} dropped
						</p>
					)}
					{event.attributes.size > 0 && (
						<div className="border-t border-line pl-4">
							<KeyValues
								caption={`Attributes of ${clipText(event.name, LINE_CHARS_MAX).shown}`}
								rows={attributeRows(event.attributes)}
							/>
						</div>
					)}
				</>
			)}
		/>
	);
}
