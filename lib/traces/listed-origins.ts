import { type Sql, sql } from "@/lib/clickhouse/sql";
import type { FilterTree } from "@/lib/filter/filter";
import { mentionsField } from "@/lib/filter/mentions-field";

/** Of a row of `spans`: the traces of judges' own calls are not listed, unless a filter asks for an origin. */
export function isListedOrigin(filter: FilterTree | undefined): Sql {
	return filter && mentionsField(filter, "origin") ? sql`1` : sql`origin != 'judge'`;
}
