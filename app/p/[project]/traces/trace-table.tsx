"use client";

import type { RowMark } from "@/app/_ui/data-table/data-row";
import { type ListPlace, ListTable } from "@/app/p/[project]/_list/list-table";
import { SelectionBar } from "@/app/p/[project]/traces/selection-bar";
import { traceColumns } from "@/app/p/[project]/traces/trace-columns";
import type { TraceRow } from "@/app/p/[project]/traces/trace-row";
import { usePeek } from "@/app/p/[project]/traces/use-peek";
import { Verdicts, type VerdictsByTrace } from "@/app/p/[project]/traces/verdict-chips";

const FAILED: RowMark = { word: "failed", tone: "fail" };
const OK: RowMark = { word: "ok", tone: "pass" };
const ROOTLESS: RowMark = { word: "the root span has not arrived", tone: "pending" };

interface Props {
	place: ListPlace;
	traces: TraceRow[];
	verdicts: VerdictsByTrace | Promise<VerdictsByTrace>;
	/** That can judge selected traces. */
	rules: { id: string; name: string }[];
	className?: string;
}

/** The traces of a page; a row opens its trace. */
export function TraceTable({ place, traces, verdicts, rules, className }: Props) {
	const peek = usePeek();
	const shown = peek.traceId && traces.find(({ traceId }) => traceId === peek.traceId);
	return (
		<Verdicts value={verdicts}>
			<ListTable
				label="Traces, newest first"
				place={place}
				columns={traceColumns(place.search.text !== "")}
				rows={traces}
				rowKey={keyOf}
				rowName={nameOf}
				rowMark={markOf}
				onOpen={({ traceId }) => peek.go(traceId)}
				openKey={shown ? shown.key : null}
				onMove={shown ? ({ traceId }) => peek.go(traceId, { replace: true }) : undefined}
				selectionBar={(selected, clear) => (
					<SelectionBar segment={place.segment} selected={selected} rules={rules} onClear={clear} />
				)}
				className={className}
			/>
		</Verdicts>
	);
}

function keyOf({ key }: TraceRow): string {
	return key;
}

function nameOf({ name }: TraceRow): string {
	return name;
}

function markOf({ status, rootSeen }: TraceRow): RowMark {
	return status === "error" ? FAILED : rootSeen ? OK : ROOTLESS;
}
