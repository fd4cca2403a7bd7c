import { LineText } from "@/app/_ui/line-text";
import { CUT_ATTRIBUTE } from "@/lib/otlp/limits";
import { type Attributes, anyValueText } from "@/lib/span/any-value";
import type { ReportedSpan } from "@/lib/span/span";

/** What Spanwise's limits cut from a span, its scope and its resource when they arrived; nothing when they are whole. */
export function SpanCuts({ span }: { span: Pick<ReportedSpan, "attributes" | "scope" | "resource"> }) {
	const cuts = [
		...cutsOf(span.attributes),
		...cutsOf(span.scope.attributes).map((cut) => `scope: ${cut}`),
		...cutsOf(span.resource.attributes).map((cut) => `resource: ${cut}`),
	];
	if (cuts.length === 0) return null;
	return (
		<div role="note" className="flex flex-col gap-1 rounded bg-warn-soft px-3 py-2 text-xs text-warn">
			<p className="font-medium">Not everything that was sent of this span is kept:</p>
			<ul className="list-disc pl-4">
				{cuts.map((cut, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: cuts have no identity but their place
					<li key={index} className="wrap-anywhere">
						<LineText text={cut} />
					</li>
				))}
			</ul>
		</div>
	);
}

function cutsOf(attributes: Attributes): string[] {
	const told = attributes.get(CUT_ATTRIBUTE);
	if (told === undefined) return [];
	return "arrayValue" in told ? told.arrayValue.values.map(anyValueText) : [anyValueText(told)];
}
