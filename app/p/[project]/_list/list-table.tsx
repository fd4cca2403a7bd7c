"use client";

import { Filter, FilterX } from "lucide-react";
import { type ComponentProps, useCallback, useEffect, useRef } from "react";
import type { CellFact } from "@/app/_ui/data-table/data-column";
import { DataTable } from "@/app/_ui/data-table/data-table";
import { conditionText, joinFilter } from "@/app/p/[project]/_list/filter-words";
import { layoutCookie, rememberSetting } from "@/app/p/[project]/_list/layout-cookie";
import { useListNavigation } from "@/app/p/[project]/_list/list-navigation";
import { useRowKeys } from "@/app/p/[project]/_list/use-row-keys";
import { fromTheStart, type TraceSearch, traceSearchHref } from "@/app/p/[project]/traces/search-params";

/** Between the last change of the columns and the address that tells them. */
const PAUSE_MS = 400;

/** What a list's page knows of itself. */
export interface ListPlace {
	/** Names what is listed, for the reader's settings. */
	list: "traces" | "spans" | "sessions" | "users";
	/** Of the address: a project's id, or `all`. */
	segment: string;
	/** `/p/<segment>`. */
	base: string;
	path: string;
	search: TraceSearch;
	/** The filter as it can stand before an `and`. */
	joinable: string;
	/** The reader's columns: of the address, else of the cookie. */
	layout: string | null;
}

type Props<Row extends object> = Omit<
	ComponentProps<typeof DataTable<Row>>,
	"layout" | "onLayout" | "actionsFor" | "isOutdated" | "tableRef"
> & {
	place: ListPlace;
	/** The keys went to another row while one is open beside the list. */
	onMove?: (row: Row) => void;
};

/** A table of a project: its cells filter the list, its keys are those of all lists, its columns are remembered. */
export function ListTable<Row extends object>({ place, onMove, ...table }: Props<Row>) {
	const { list, base, path, search, joinable, layout } = place;
	const { go, isPending } = useListNavigation();
	const element = useRef<HTMLTableElement>(null);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	useRowKeys(element, (index) => {
		const row = table.rows[index];
		if (row) onMove?.(row);
	});

	const actionsFor = useCallback(
		(facts: readonly CellFact[]) => {
			const refine = (condition: string) =>
				go(traceSearchHref(path, { ...fromTheStart(search), filter: joinFilter(joinable, condition) }));
			return facts.flatMap((fact) => [
				{ label: `Filter by ${short(fact.value)}`, Icon: Filter, run: () => refine(conditionText(fact)) },
				{ label: `Exclude ${short(fact.value)}`, Icon: FilterX, run: () => refine(`not ${conditionText(fact)}`) },
			]);
		},
		[go, path, search, joinable],
	);

	function onLayout(next: string | null) {
		rememberSetting(layoutCookie(list), base, next);
		// Links of this page repeat the columns that its address tells.
		if (search.columns === null) return;
		clearTimeout(timer.current);
		timer.current = setTimeout(
			() => go(traceSearchHref(path, { ...search, columns: next }), { replace: true }),
			PAUSE_MS,
		);
	}

	return (
		<DataTable
			{...table}
			layout={layout}
			onLayout={onLayout}
			actionsFor={actionsFor}
			isOutdated={isPending}
			tableRef={element}
		/>
	);
}

function short(value: CellFact["value"]): string {
	const text = String(value);
	return text.length > 32 ? `${text.slice(0, 32)}…` : text;
}
