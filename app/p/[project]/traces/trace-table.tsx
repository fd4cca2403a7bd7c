"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { RowMark } from "@/app/_ui/data-table/data-row";
import { type ListPlace, ListTable } from "@/app/p/[project]/_list/list-table";
import { TRACE_COLUMNS } from "@/app/p/[project]/traces/trace-columns";
import type { TraceLine } from "@/app/p/[project]/traces/trace-line";
import { Verdicts, type VerdictsByTrace } from "@/app/p/[project]/traces/verdict-chips";

const FAILED: RowMark = { word: "failed", tone: "fail" };
const OK: RowMark = { word: "ok", tone: "pass" };
const ROOTLESS: RowMark = { word: "the root span has not arrived", tone: "pending" };

interface Props {
	place: ListPlace;
	traces: TraceLine[];
	verdicts: VerdictsByTrace | Promise<VerdictsByTrace>;
	className?: string;
}

/** The traces of a page; a row opens its trace. */
export function TraceTable({ place, traces, verdicts, className }: Props) {
	const router = useRouter();
	const open = useCallback(({ href }: TraceLine) => router.push(href), [router]);
	return (
		<Verdicts value={verdicts}>
			<ListTable
				label="Traces, newest first"
				place={place}
				columns={TRACE_COLUMNS}
				rows={traces}
				rowKey={keyOf}
				rowName={nameOf}
				rowMark={markOf}
				onOpen={open}
				className={className}
			/>
		</Verdicts>
	);
}

function keyOf({ key }: TraceLine): string {
	return key;
}

function nameOf({ name }: TraceLine): string {
	return name;
}

function markOf({ status, rootSeen }: TraceLine): RowMark {
	return status === "error" ? FAILED : rootSeen ? OK : ROOTLESS;
}
