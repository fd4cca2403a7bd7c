import type { CellFact } from "@/app/_ui/data-table/data-column";

/** The fact of a cell with one value; none when it is not known. */
export function oneFact(field: string, value: string | null): CellFact[] {
	return value === null ? [] : [{ field, value }];
}
