"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import type { RowMark } from "@/app/_ui/data-table/data-row";
import { SESSION_COLUMNS, USER_COLUMNS } from "@/app/p/[project]/_list/group-columns";
import type { GroupRow } from "@/app/p/[project]/_list/group-row";
import { type ListPlace, ListTable } from "@/app/p/[project]/_list/list-table";

const FAILED: RowMark = { word: "some traces failed", tone: "fail" };
const OK: RowMark = { word: "no trace failed", tone: "none" };

interface Props {
	place: ListPlace;
	groups: GroupRow[];
	className?: string;
}

/** Sessions or users, latest first; a row opens what belongs to it. */
export function GroupTable({ place, groups, className }: Props) {
	const router = useRouter();
	const open = useCallback(({ href }: GroupRow) => router.push(href), [router]);
	const isUsers = place.list === "users";
	return (
		<ListTable
			label={isUsers ? "Users, latest first" : "Sessions, latest first"}
			place={place}
			columns={isUsers ? USER_COLUMNS : SESSION_COLUMNS}
			rows={groups}
			rowKey={keyOf}
			rowName={idOf}
			rowMark={markOf}
			onOpen={open}
			className={className}
		/>
	);
}

function keyOf({ key }: GroupRow): string {
	return key;
}

function idOf({ id }: GroupRow): string {
	return id;
}

function markOf({ errorCount }: GroupRow): RowMark {
	return errorCount > 0 ? FAILED : OK;
}
