"use client";

import { useSearchParams } from "next/navigation";
import type { RowMark } from "@/app/_ui/data-table/data-row";
import { type ListPlace, ListTable } from "@/app/p/[project]/_list/list-table";
import { spanColumns } from "@/app/p/[project]/spans/span-columns";
import type { SpanRow } from "@/app/p/[project]/spans/span-row";
import { usePeek } from "@/app/p/[project]/traces/use-peek";

const FAILED: RowMark = { word: "failed", tone: "fail" };
const OK: RowMark = { word: "ok", tone: "pass" };

/** The spans of a page; a row opens its trace at that span. */
export function SpanTable({ place, spans, className }: { place: ListPlace; spans: SpanRow[]; className?: string }) {
	const peek = usePeek();
	const spanId = useSearchParams().get("span");
	const shown = spans.find((span) => span.traceId === peek.traceId && span.spanId === spanId);
	const show = ({ traceId, spanId }: SpanRow, how: "pushState" | "replaceState") =>
		window.history[how](null, "", `${peek.hrefOf(traceId)}&span=${spanId}`);
	return (
		<ListTable
			label="Spans, newest first"
			place={place}
			columns={spanColumns(place.search.text !== "")}
			rows={spans}
			rowKey={keyOf}
			rowName={nameOf}
			rowMark={markOf}
			onOpen={(span) => show(span, "pushState")}
			openKey={shown?.key ?? null}
			onMove={shown && ((span) => show(span, "replaceState"))}
			className={className}
		/>
	);
}

function keyOf({ key }: SpanRow): string {
	return key;
}

function nameOf({ name }: SpanRow): string {
	return name;
}

function markOf({ status }: SpanRow): RowMark {
	return status === "error" ? FAILED : OK;
}
