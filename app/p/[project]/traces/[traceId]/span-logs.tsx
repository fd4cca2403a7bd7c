import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { FoldedList } from "@/app/_ui/folded-list";
import { KeyValues } from "@/app/_ui/key-values";
import { LineText } from "@/app/_ui/line-text";
import { Time } from "@/app/_ui/time";
import { attributeRows } from "@/app/p/[project]/traces/[traceId]/attribute-rows";
import { StructuredValue } from "@/app/p/[project]/traces/[traceId]/structured-value";
import { anyValuePlain } from "@/lib/span/any-value";
import type { LogRecord } from "@/lib/span/log-record";

/** The log records that name the span. */
export function SpanLogs({ logs }: { logs: LogRecord[] }) {
	return (
		<FoldedList
			items={logs}
			noun="log record"
			className="divide-y divide-line"
			render={({ eventName, severityText, timeUnixNano, body, attributes }) => (
				<>
					<p className="flex flex-wrap justify-between gap-x-4 px-3 py-2 text-xs">
						<span>
							<strong className="font-medium wrap-anywhere text-ink">
								<LineText text={eventName || "unnamed record"} />
							</strong>
							{severityText && <span className="ml-2 text-faint">{severityText}</span>}
						</span>
						{timeUnixNano !== null && (
							<span className="text-muted">
								<Time
									epochMs={Number(timeUnixNano / 1_000_000n)}
									fraction={String(timeUnixNano % 1_000_000_000n).padStart(9, "0")}
								/>
							</span>
						)}
					</p>
					{Object.keys(body).length > 0 && (
						<div className="border-t border-line px-3 py-2 pl-7">
							<StructuredValue value={anyValuePlain(body)} />
						</div>
					)}
					{attributes.size > 0 && (
						<div className="border-t border-line pl-4">
							<KeyValues
								caption={`Attributes of ${clipText(eventName || "the record", LINE_CHARS_MAX).shown}`}
								rows={attributeRows(attributes)}
							/>
						</div>
					)}
				</>
			)}
		/>
	);
}
