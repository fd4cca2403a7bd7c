import type { ReactNode } from "react";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { durationNanos } from "@/lib/span/span";
import type { StoredSpan } from "@/lib/traces/trace";

/** The plain facts of a span; one that is not known says so or is left out. */
export function SpanFacts({ span }: { span: StoredSpan }) {
	const duration = durationNanos(span.startTimeUnixNano, span.endTimeUnixNano);
	const tokens = [span.inputTokens, span.outputTokens];
	const facts: [label: string, value: ReactNode][] = [
		["Status", STATUS[span.statusCode ?? "unset"]],
		["Duration", duration === null ? null : `${formatDuration(duration)} (${formatCount(duration)} ns)`],
		["Start", moment(span.startTimeUnixNano)],
		["End", moment(span.endTimeUnixNano)],
		["Span kind", span.otelKind?.replace("SPAN_KIND_", "").toLowerCase()],
		["Provider", span.provider],
		["Model asked for", span.requestModel],
		["Model that answered", span.responseModel],
		[
			"Tokens",
			tokens.every((n) => n === null) ? null : tokens.map((n) => (n === null ? "?" : formatCount(n))).join(" → "),
		],
		["Session", span.sessionId],
		["User", span.userId],
		["Parent", span.parentSpanId && <code className="font-mono">{span.parentSpanId}</code>],
		["Trace state", span.traceState],
	];
	return (
		<dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 text-xs">
			{facts.map(([label, value]) =>
				value === null || value === undefined || value === "" ? null : (
					<div key={label} className="contents">
						<dt className="text-faint">{label}</dt>
						<dd className="wrap-anywhere text-ink">{value}</dd>
					</div>
				),
			)}
		</dl>
	);
}

const STATUS = { STATUS_CODE_OK: "ok", STATUS_CODE_ERROR: "error", unset: "not set" };

function moment(nanos: bigint | null): ReactNode {
	if (nanos === null) return "not known";
	return (
		<span className="flex flex-wrap gap-x-3">
			<Time epochMs={Number(nanos / 1_000_000n)} fraction={String(nanos % 1_000_000_000n).padStart(9, "0")} />
			<code className="font-mono text-faint" title="Nanoseconds since 1970">
				{String(nanos)}
			</code>
		</span>
	);
}
