import Link from "next/link";
import { formatCounted } from "@/app/_ui/format-number";
import { KeyValues } from "@/app/_ui/key-values";
import { attributeRows } from "@/app/p/[project]/traces/[traceId]/attribute-rows";
import type { SpanLink } from "@/lib/span/span";

/** A link may lead to any trace, so it opens where every trace can be found. */
export function SpanLinks({ links }: { links: SpanLink[] }) {
	return (
		<ol className="divide-y divide-line">
			{links.map((link, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: links have no identity but their place
				<li key={index}>
					<p className="px-3 py-2 text-xs">
						<Link
							href={`/p/all/traces/${link.traceId}?span=${link.spanId}`}
							prefetch={false}
							className="font-mono break-all text-accent-ink hover:underline"
						>
							{link.traceId} / {link.spanId}
						</Link>
					</p>
					{link.droppedAttributesCount > 0 && (
						<p className="px-3 pb-2 text-xs text-warn">
							{formatCounted(link.droppedAttributesCount, "attribute")} dropped
						</p>
					)}
					{link.attributes.size > 0 && (
						<div className="border-t border-line pl-4">
							<KeyValues caption="Attributes of the link" rows={attributeRows(link.attributes)} />
						</div>
					)}
				</li>
			))}
		</ol>
	);
}
