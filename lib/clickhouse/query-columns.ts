import { z } from "zod";
import { runQuery, type Statement } from "@/lib/clickhouse/run-query";
import { AppError } from "@/lib/errors";

type Cells = Record<string, z.ZodType>;
export type Columns<Shape extends Cells> = { [Name in keyof Shape]: z.infer<Shape[Name]>[] };

interface Query<Shape extends Cells> extends Statement {
	/** What a cell of each column is. */
	cells: Shape;
}

const Answer = z.object({ rows: z.number(), data: z.record(z.string(), z.custom<unknown[]>(Array.isArray)) });

/**
 * As `query`, by column instead of by row: for many narrow rows, of which names and objects would be most of the answer. Of
 * a column the first and the last cell are checked; ClickHouse gives all of one column the same type.
 */
export async function queryColumns<Shape extends Cells>({
	cells,
	...statement
}: Query<Shape>): Promise<Columns<Shape>> {
	const answer = Answer.safeParse(await runQuery(statement, "JSONColumnsWithMetadata"));
	// Without rows there is no column either.
	if (answer.success && answer.data.rows === 0) {
		return Object.fromEntries(Object.keys(cells).map((name) => [name, []])) as unknown as Columns<Shape>;
	}
	const fits =
		answer.success &&
		Object.entries(cells).every(([name, cell]) => {
			const column = answer.data.data[name];
			return (
				column && [column.at(0), column.at(-1)].every((value) => column.length === 0 || cell.safeParse(value).success)
			);
		});
	if (fits) return answer.data.data as Columns<Shape>;
	// The issues would quote the rows' content.
	throw new AppError("internal", `The span store answered "${statement.name}" with columns of another shape`);
}
