import { clipText } from "@/app/_ui/clip-text";
import { formatCount } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Cell, HeadCell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import type { IngestSender } from "@/lib/accounting/ingest-health";

const SHOWN_CHARS = 200;

/** Who sends what. */
export function SenderTable({ senders }: { senders: readonly IngestSender[] }) {
	return (
		<SectionFrame title="Who sends what" note="spans as they arrived, the most first">
			<div className="relative overflow-x-auto">
				<table className="w-full border-collapse text-left text-sm">
					<caption className="sr-only">Senders, the most spans first</caption>
					<thead>
						<tr>
							<HeadCell>Service</HeadCell>
							<HeadCell className="hidden sm:table-cell">SDK</HeadCell>
							<HeadCell className="hidden sm:table-cell">Convention</HeadCell>
							<HeadCell className="text-right">Spans</HeadCell>
							<HeadCell className="text-right">Last seen</HeadCell>
						</tr>
					</thead>
					<tbody>
						{senders.map(({ service, sdk, convention, spans, lastAt }) => (
							<tr key={`${service}\n${sdk}\n${convention}`} className="hover:bg-hover">
								<Cell className="font-medium wrap-anywhere text-ink">
									<Named text={service} missing="no service.name" />
									<span className="block text-xs font-normal text-faint sm:hidden">
										<Named text={sdk} missing="SDK not told" /> · {convention || "no known convention"}
									</span>
								</Cell>
								<Cell className="hidden wrap-anywhere text-muted sm:table-cell lg:whitespace-nowrap">
									<Named text={sdk} missing="not told" />
								</Cell>
								<Cell className="hidden text-muted sm:table-cell">
									<Named text={convention} missing="none that is known" />
								</Cell>
								<Cell className="text-right">{formatCount(spans)}</Cell>
								<Cell className="text-right text-xs text-muted">
									<Time epochMs={lastAt.getTime()} short />
								</Cell>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</SectionFrame>
	);
}

function Named({ text, missing }: { text: string; missing: string }) {
	if (text === "") return <span className="font-normal text-faint">{missing}</span>;
	return (
		<span title={text.length > SHOWN_CHARS ? text.slice(0, 1_000) : undefined}>
			{clipText(text, SHOWN_CHARS).shown}
		</span>
	);
}
