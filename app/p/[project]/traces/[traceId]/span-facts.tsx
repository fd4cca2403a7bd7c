import { Fragment, type ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatDecimal } from "@/app/_ui/format-number";
import { LineText } from "@/app/_ui/line-text";
import { Time } from "@/app/_ui/time";
import { costWords } from "@/app/p/[project]/traces/[traceId]/cost-words";
import { ProvenanceNote } from "@/app/p/[project]/traces/[traceId]/provenance-note";
import { usageDetails, usageWords } from "@/app/p/[project]/traces/usage-words";
import type { DerivedFields } from "@/lib/span/derived-fields";
import { durationNanos } from "@/lib/span/span";
import type { Usage } from "@/lib/span/usage";
import type { StoredSpan } from "@/lib/traces/trace";

interface Fact {
	label: string;
	value: ReactNode;
	/** A line of its own below the value. */
	remark?: ReactNode;
	/** The derived field whose origin is told beside the value. */
	field?: keyof DerivedFields;
}

/** The plain facts of a span, each with the key it was read from; one that is not known says so or is left out. */
export function SpanFacts({ span, derived }: { span: StoredSpan; derived: DerivedFields }) {
	const groups = [modelFacts(span, derived), contextFacts(derived), recordFacts(span, derived)];
	return (
		<dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 text-xs">
			{groups
				.map((facts) => facts.filter(({ value }) => isKnown(value)))
				.filter((facts) => facts.length > 0)
				.map((facts, index) => (
					<Fragment key={facts[0]?.label}>
						{index > 0 && <div aria-hidden className="col-span-2 my-1 border-t border-line" />}
						{facts.map(({ label, value, remark, field }) => (
							<div key={label} className="contents">
								<dt className="max-w-40 text-faint">{label}</dt>
								<dd className="flex flex-wrap items-baseline gap-x-2.5 text-ink">
									<span className="min-w-0 wrap-anywhere">
										{typeof value === "string" ? <LineText text={value} /> : value}
									</span>
									{field && <ProvenanceNote from={derived.provenance[field]} />}
									{remark && <span className="basis-full text-muted">{remark}</span>}
								</dd>
							</div>
						))}
					</Fragment>
				))}
		</dl>
	);
}

function modelFacts(span: StoredSpan, derived: DerivedFields): Fact[] {
	const { ttftMs, aggregateUsage, aggregateCostUsd } = derived;
	const corrected = derived.usageBasis === "corrected" ? CORRECTED : null;
	const cost = costWords(span, derived);
	return [
		{ label: "Provider", value: derived.provider, field: "provider" },
		{ label: "Model asked for", value: derived.requestModel, field: "requestModel" },
		{ label: "Model that answered", value: derived.responseModel, field: "responseModel" },
		{ label: "Routing alias", value: derived.routingAlias, field: "routingAlias" },
		{ label: "Service tier", value: derived.serviceTier, field: "serviceTier" },
		{
			label: "Tokens",
			value: derived.usage && <Tokens usage={derived.usage} />,
			remark: corrected,
			field: "usage",
		},
		{
			label: "Cost",
			value: cost && (
				<>
					{cost.amount}
					{cost.split && <span className="ml-2 text-muted">{cost.split}</span>}
				</>
			),
			remark: cost?.basis,
			field: span.costSource === "reported" ? "reportedCostUsd" : undefined,
		},
		{
			label: "Tokens of the spans below",
			value: aggregateUsage && <Tokens usage={aggregateUsage} />,
			remark: corrected,
			field: "aggregateUsage",
		},
		{
			label: "Cost of the spans below",
			value: aggregateCostUsd === null ? null : formatCost(aggregateCostUsd),
			field: "aggregateCostUsd",
		},
		{ label: "First token after", value: ttftMs === null ? null : millis(ttftMs), field: "ttftMs" },
		{ label: "Finish reason", value: derived.finishReason, field: "finishReason" },
	];
}

function contextFacts(derived: DerivedFields): Fact[] {
	return [
		{ label: "Session", value: derived.sessionId, field: "sessionId" },
		{ label: "User", value: derived.userId, field: "userId" },
		{ label: "Agent", value: derived.agentName, field: "agentName" },
		{ label: "Tool", value: derived.toolName, field: "toolName" },
		{ label: "Tool call id", value: derived.toolCallId && code(derived.toolCallId), field: "toolCallId" },
		{ label: "Tags", value: derived.tags && derived.tags.length > 0 && <Tags tags={derived.tags} />, field: "tags" },
		{ label: "Environment", value: derived.environment, field: "environment" },
		{ label: "Release", value: derived.release, field: "release" },
		{ label: "Prompt", value: derived.promptName, field: "promptName" },
		{ label: "Prompt version", value: derived.promptVersion, field: "promptVersion" },
	];
}

function recordFacts(span: StoredSpan, derived: DerivedFields): Fact[] {
	const duration = durationNanos(span.startTimeUnixNano, span.endTimeUnixNano);
	return [
		{ label: "Kind", value: derived.kind, field: "kind" },
		{ label: "Convention", value: derived.convention, field: "convention" },
		{ label: "Status", value: derived.status, field: "status" },
		{ label: "Status as sent", value: STATUS[span.statusCode ?? "unset"] },
		{ label: "Error type", value: derived.errorType, field: "errorType" },
		{
			label: "Duration",
			value: duration === null ? null : `${formatDuration(duration)} (${formatCount(duration)} ns)`,
		},
		{ label: "Start", value: moment(span.startTimeUnixNano) },
		{ label: "End", value: moment(span.endTimeUnixNano) },
		{
			label: "Name",
			value: derived.displayName === span.name ? null : derived.displayName,
			field: "displayName",
		},
		{ label: "Name as sent", value: derived.displayName === span.name ? null : span.name },
		{ label: "Span kind", value: span.otelKind?.replace("SPAN_KIND_", "").toLowerCase() },
		{ label: "Parent", value: span.parentSpanId && code(span.parentSpanId) },
		{ label: "Trace state", value: span.traceState },
	];
}

const STATUS = { STATUS_CODE_OK: "ok", STATUS_CODE_ERROR: "error", unset: "not set" };

const CORRECTED = "Corrected: the sender counted cached or reasoning tokens apart, here input and output include them.";

function Tokens({ usage }: { usage: Usage }) {
	const details = usageDetails(usage);
	return (
		<>
			<span title="Input tokens → output tokens">{usageWords(usage)}</span>
			{details && <span className="ml-2 text-muted">{details}</span>}
		</>
	);
}

function Tags({ tags }: { tags: string[] }) {
	return (
		<span className="flex flex-wrap gap-1">
			{tags.map((tag) => (
				<Chip key={tag} title={clipText(tag, LINE_CHARS_MAX).shown}>
					<span className="truncate">{clipText(tag, LINE_CHARS_MAX).shown}</span>
				</Chip>
			))}
		</span>
	);
}

function millis(value: number): string {
	return value < 1000 ? `${formatDecimal(value)} ms` : `${formatDecimal(value / 1000)} s`;
}

function code(text: string): ReactNode {
	return (
		<code className="font-mono">
			<LineText text={text} />
		</code>
	);
}

function isKnown(value: ReactNode): boolean {
	return value !== null && value !== undefined && value !== "" && value !== false;
}

function moment(nanos: bigint | null): ReactNode {
	if (nanos === null) return "not known";
	return (
		<span className="flex flex-wrap gap-x-3 [&_time]:whitespace-normal">
			<Time epochMs={Number(nanos / 1_000_000n)} fraction={String(nanos % 1_000_000_000n).padStart(9, "0")} />
			<code className="font-mono text-faint" title="Nanoseconds since 1970">
				{String(nanos)}
			</code>
		</span>
	);
}
