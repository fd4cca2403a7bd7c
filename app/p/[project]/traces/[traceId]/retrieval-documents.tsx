import { FoldedList } from "@/app/_ui/folded-list";
import { FoldedText } from "@/app/_ui/folded-text";
import { formatCounted, formatDecimal } from "@/app/_ui/format-number";
import { LineText } from "@/app/_ui/line-text";
import { SectionFrame } from "@/app/_ui/section-frame";
import { PartFold } from "@/app/p/[project]/traces/[traceId]/part-fold";
import { ProvenanceNote } from "@/app/p/[project]/traces/[traceId]/provenance-note";
import { StructuredValue } from "@/app/p/[project]/traces/[traceId]/structured-value";
import type { RetrievalDocument } from "@/lib/span/message";

const SHOWN = { shownChars: 600, shownLines: 8 };

/** What a retriever or reranker gave back, in its order. */
export function RetrievalDocuments({ documents, from }: { documents: RetrievalDocument[]; from: string | undefined }) {
	return (
		<SectionFrame
			title="Documents"
			note={
				<>
					{formatCounted(documents.length, "document")} <ProvenanceNote from={from} />
				</>
			}
		>
			{documents.length === 0 && <p className="px-3 py-2 text-xs text-faint">Nothing was found</p>}
			<FoldedList
				items={documents}
				noun="document"
				className="divide-y divide-line"
				render={(document, index) => (
					<article aria-label={`Document ${index + 1}`} className="flex flex-col gap-1.5 px-3 py-2">
						<header className="flex flex-wrap items-baseline gap-x-3 text-xs">
							<span className="text-faint tabular-nums">{index + 1}</span>
							{document.id !== undefined && (
								<code className="font-mono wrap-anywhere text-muted" title="Id">
									<LineText text={document.id} />
								</code>
							)}
							{document.score !== undefined && (
								<span className="ml-auto text-muted tabular-nums" title={`Score ${document.score}`}>
									score {formatDecimal(document.score)}
								</span>
							)}
						</header>
						{document.text !== undefined && <FoldedText text={document.text} {...SHOWN} />}
						{document.metadata && (
							<PartFold title="Metadata">
								<StructuredValue value={document.metadata} />
							</PartFold>
						)}
					</article>
				)}
			/>
		</SectionFrame>
	);
}
