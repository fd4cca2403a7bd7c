import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { CopyButton } from "@/app/_ui/copy-button";
import { WholeTextAt } from "@/app/_ui/cut-note";
import { Disclosure } from "@/app/_ui/disclosure";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { KeyValues } from "@/app/_ui/key-values";
import { LineText } from "@/app/_ui/line-text";
import { TextBlock } from "@/app/_ui/text-block";
import { attributeRows } from "@/app/p/[project]/traces/[traceId]/attribute-rows";
import { provenanceWords } from "@/app/p/[project]/traces/[traceId]/provenance-words";
import { ReportedEvaluationCard } from "@/app/p/[project]/traces/[traceId]/reported-evaluation-card";
import { SpanContent } from "@/app/p/[project]/traces/[traceId]/span-content";
import { SpanCuts } from "@/app/p/[project]/traces/[traceId]/span-cuts";
import { SpanEvents } from "@/app/p/[project]/traces/[traceId]/span-events";
import { SpanFacts } from "@/app/p/[project]/traces/[traceId]/span-facts";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { SpanLinks } from "@/app/p/[project]/traces/[traceId]/span-links";
import { SpanLogs } from "@/app/p/[project]/traces/[traceId]/span-logs";
import { structuredText } from "@/app/p/[project]/traces/[traceId]/structured-value";
import { wellFormed } from "@/app/p/[project]/traces/[traceId]/well-formed";
import { derive } from "@/lib/genai/derive";
import type { StoredSpan } from "@/lib/traces/trace";

interface Props {
	/** Address of the trace. */
	path: string;
	span: StoredSpan;
	/** What people think of it. */
	feedback?: ReactNode;
	/** What rules decided about it. */
	ledger?: ReactNode;
}

/** Everything that is known of one span. */
export function SpanDetail({ path, span, feedback, ledger }: Props) {
	const { scope, resource, logs } = span;
	const derived = wellFormed(derive(span, logs));
	const { errorMessage, evaluation, metadata, promptTemplate, provenance } = derived;
	return (
		<WholeTextAt href={`/api/v1/traces/${span.traceId}/spans?spanId=${span.spanId}`}>
			<section
				aria-label="Selected span"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				// relative: what is placed absolutely inside must scroll with the pane, not stretch the document
				className="relative flex min-h-0 min-w-0 flex-col gap-4 overflow-y-auto *:shrink-0 px-4 py-4 focus-visible:-outline-offset-2 lg:px-6"
			>
				<header className="flex flex-col gap-1">
					<div className="flex items-center gap-2">
						<SpanKindIcon kind={derived.kind} />
						<h2
							className="min-w-0 text-base font-semibold wrap-anywhere text-ink"
							title={clipText(span.name, LINE_CHARS_MAX).shown}
						>
							<LineText text={derived.displayName} />
						</h2>
						<Chip>{derived.kind}</Chip>
						{derived.status === "error" && <Chip tone="fail">failed</Chip>}
						<span className="ml-auto shrink-0">{feedback}</span>
					</div>
					<span className="flex items-center gap-1 text-xs text-faint">
						<code className="font-mono">{span.spanId}</code>
						<CopyButton text={span.spanId} label="Copy span id" />
					</span>
				</header>
				{span.statusMessage && <TextBlock title="Status message" text={span.statusMessage} />}
				{errorMessage !== null && errorMessage !== span.statusMessage && (
					<TextBlock title="Error message" note={provenanceWords(provenance.errorMessage)} text={errorMessage} />
				)}
				{ledger}
				{evaluation && <ReportedEvaluationCard evaluation={evaluation} from={provenance.evaluation} />}
				{derived.contentState === "redacted" && (
					<p className="text-sm text-muted">The sender hid content of this span before it was sent.</p>
				)}
				<SpanCuts span={span} />
				<SpanContent derived={derived} mediaHref={`${path}/media?span=${span.spanId}`} />
				<SpanFacts span={span} derived={derived} />
				{promptTemplate !== null && (
					<TextBlock title="Prompt template" note={provenanceWords(provenance.promptTemplate)} text={promptTemplate} />
				)}
				{metadata && Object.keys(metadata).length > 0 && (
					<Disclosure title="Metadata" note={provenanceWords(provenance.metadata)} open>
						<KeyValues
							caption="Metadata"
							rows={Object.entries(metadata).map(([key, value]) => ({ key, value: structuredText(value) }))}
						/>
					</Disclosure>
				)}
				<Disclosure
					title="Attributes"
					note={counted(span.attributes.size, span.droppedAttributesCount, "attribute")}
					open={span.attributes.size > 0}
				>
					<KeyValues caption="Attributes" rows={attributeRows(span.attributes)} />
				</Disclosure>
				{(span.events.length > 0 || span.droppedEventsCount > 0) && (
					<Disclosure title="Events" note={counted(span.events.length, span.droppedEventsCount, "event")} open>
						<SpanEvents events={span.events} />
					</Disclosure>
				)}
				{logs.length > 0 && (
					<Disclosure title="Log records" note={formatCounted(logs.length, "record")}>
						{/* No address serves log records. */}
						<WholeTextAt href={null}>
							<SpanLogs logs={logs} />
						</WholeTextAt>
					</Disclosure>
				)}
				{(span.links.length > 0 || span.droppedLinksCount > 0) && (
					<Disclosure title="Links" note={counted(span.links.length, span.droppedLinksCount, "link")} open>
						<SpanLinks links={span.links} />
					</Disclosure>
				)}
				<Disclosure
					title="Scope"
					note={
						[scope.name || "unnamed", scope.version].filter(Boolean).join(" ") + dropped(scope.droppedAttributesCount)
					}
				>
					<KeyValues
						caption="Scope"
						rows={[
							{ key: "name", value: scope.name },
							{ key: "version", value: scope.version },
							...(scope.schemaUrl ? [{ key: "schema URL", value: scope.schemaUrl }] : []),
							...attributeRows(scope.attributes),
						]}
					/>
				</Disclosure>
				<Disclosure
					title="Resource"
					note={counted(resource.attributes.size, resource.droppedAttributesCount, "attribute")}
				>
					<KeyValues
						caption="Resource"
						rows={[
							...attributeRows(resource.attributes),
							...(resource.schemaUrl ? [{ key: "schema URL", value: resource.schemaUrl }] : []),
						]}
					/>
				</Disclosure>
			</section>
		</WholeTextAt>
	);
}

function counted(count: number, droppedCount: number, noun: string): string {
	return formatCounted(count, noun) + dropped(droppedCount);
}

// By the sender or by a limit of ours: the count is one.
function dropped(count: number): string {
	return count > 0 ? `, ${formatCount(count)} dropped` : "";
}
