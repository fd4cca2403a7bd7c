import type { z } from "zod";
import { runQuery, type Statement } from "@/lib/clickhouse/run-query";
import { AppError } from "@/lib/errors";

interface Query<Row> extends Statement {
	row: z.ZodType<Row>;
}

/**
 * Runs one SELECT and returns its typed rows. 64-bit integers arrive as text. Bounded in time and rows; fails with
 * `unavailable` (retryable) or `internal`.
 */
export async function query<Row>({ row, ...statement }: Query<Row>): Promise<Row[]> {
	const parsed = row.array().safeParse(await runQuery(statement, "JSONEachRow"));
	if (parsed.success) return parsed.data;
	// The issues would quote the rows' content.
	throw new AppError("internal", `The span store answered "${statement.name}" with a row of another shape`);
}
