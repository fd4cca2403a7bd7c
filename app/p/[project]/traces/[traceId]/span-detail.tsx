import { Chip } from "@/app/_ui/chip";
import { CopyButton } from "@/app/_ui/copy-button";
import { Disclosure } from "@/app/_ui/disclosure";
import { formatCounted } from "@/app/_ui/format-number";
import { KeyValues } from "@/app/_ui/key-values";
import { TextBlock } from "@/app/_ui/text-block";
import { attributeRows } from "@/app/p/[project]/traces/[traceId]/attribute-rows";
import { EvaluationCard } from "@/app/p/[project]/traces/[traceId]/evaluation-card";
import { SpanEvents } from "@/app/p/[project]/traces/[traceId]/span-events";
import { SpanFacts } from "@/app/p/[project]/traces/[traceId]/span-facts";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { SpanLinks } from "@/app/p/[project]/traces/[traceId]/span-links";
import type { Evaluation } from "@/lib/evaluations/evaluation";
import type { StoredSpan } from "@/lib/traces/trace";

/** Everything that is known of one span. */
export function SpanDetail({ span, evaluations }: { span: StoredSpan; evaluations: Evaluation[] }) {
	const { scope, resource } = span;
	return (
		<section
			aria-label="Selected span"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
			tabIndex={0}
			className="flex min-h-0 min-w-0 flex-col gap-4 overflow-y-auto *:shrink-0 px-4 py-4 focus-visible:-outline-offset-2 lg:px-6"
		>
			<header className="flex flex-col gap-1">
				<div className="flex items-center gap-2">
					<SpanKindIcon kind={span.kind} />
					<h2 className="min-w-0 text-base font-semibold wrap-anywhere text-ink">{span.name}</h2>
					<Chip>{span.kind}</Chip>
					{span.statusCode === "STATUS_CODE_ERROR" && <Chip tone="fail">failed</Chip>}
				</div>
				<span className="flex items-center gap-1 text-xs text-faint">
					<code className="font-mono">{span.spanId}</code>
					<CopyButton text={span.spanId} label="Copy span id" />
				</span>
			</header>
			{span.statusMessage && <TextBlock title="Status message" text={span.statusMessage} />}
			{evaluations.map((evaluation) => (
				<EvaluationCard key={evaluation.id} evaluation={evaluation} />
			))}
			{span.input !== null && <TextBlock title="Input" note={span.inputFrom ?? undefined} text={span.input} />}
			{span.output !== null && <TextBlock title="Output" note={span.outputFrom ?? undefined} text={span.output} />}
			<SpanFacts span={span} />
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
			{(span.links.length > 0 || span.droppedLinksCount > 0) && (
				<Disclosure title="Links" note={counted(span.links.length, span.droppedLinksCount, "link")} open>
					<SpanLinks links={span.links} />
				</Disclosure>
			)}
			<Disclosure title="Scope" note={[scope.name || "unnamed", scope.version].filter(Boolean).join(" ")}>
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
	);
}

function counted(count: number, dropped: number, noun: string): string {
	return formatCounted(count, noun) + (dropped > 0 ? `, ${dropped} dropped by the sender` : "");
}
