/** A typed value for a `{name:Type}` placeholder: the only way data enters a statement. */
export interface SqlParameter {
	type: string;
	value: unknown;
}

/** A piece of SQL with its values apart from its text. */
export interface Sql {
	strings: readonly string[];
	parameters: readonly SqlParameter[];
}

function isSql(part: Sql | SqlParameter): part is Sql {
	return "strings" in part;
}

/** Builds SQL from text, fragments and parameters; a bare string or number does not compile. */
export function sql(strings: TemplateStringsArray, ...parts: (Sql | SqlParameter)[]): Sql {
	const texts: string[] = [strings[0] ?? ""];
	const parameters: SqlParameter[] = [];
	parts.forEach((part, index) => {
		const next = strings[index + 1] ?? "";
		if (isSql(part)) {
			texts[texts.length - 1] += part.strings[0] ?? "";
			texts.push(...part.strings.slice(1));
			parameters.push(...part.parameters);
			texts[texts.length - 1] += next;
		} else {
			parameters.push(part);
			texts.push(next);
		}
	});
	return { strings: texts, parameters };
}

const GLUE = { AND: sql` AND `, OR: sql` OR `, "UNION ALL": sql` UNION ALL `, ",": sql`, ` };

/** Fragments joined by a fixed separator; empty when there are none. */
export function joinSql(parts: readonly Sql[], separator: keyof typeof GLUE): Sql {
	const glue = GLUE[separator];
	return parts.reduce((all, part, index) => (index === 0 ? part : sql`${all}${glue}${part}`), sql``);
}

/** The statement's text with numbered placeholders, and their values. One parameter used twice is sent once. */
export function renderSql(statement: Sql): { text: string; values: Record<string, unknown> } {
	const values: Record<string, unknown> = {};
	const names = new Map<SqlParameter, string>();
	let text = statement.strings[0] ?? "";
	statement.parameters.forEach((parameter, index) => {
		const name = names.get(parameter) ?? `p${names.size}`;
		names.set(parameter, name);
		values[name] = parameter.value;
		text += `{${name}:${parameter.type}}${statement.strings[index + 1] ?? ""}`;
	});
	return { text, values };
}

export const string = (value: string): SqlParameter => ({ type: "String", value });
export const strings = (value: readonly string[]): SqlParameter => ({ type: "Array(String)", value });
export const uint = (value: number | bigint): SqlParameter => ({ type: "UInt64", value: String(value) });
export const uints = (value: readonly bigint[]): SqlParameter => ({ type: "Array(UInt64)", value });
/**
 * Rows of texts, all of one width, as the right side of IN: a parameter a column however many rows there are, for a request
 * may hold no more than a thousand.
 */
export function tuples(rows: readonly (readonly string[])[]): Sql {
	const width = rows[0]?.length ?? 0;
	const columns = Array.from({ length: width }, (_, column) => strings(rows.map((row) => row[column] ?? "")));
	const zipped = joinSql(
		columns.map((column) => sql`${column}`),
		",",
	);
	return sql`(SELECT untuple(arrayJoin(arrayZip(${zipped}))))`;
}
/** A moment, to the millisecond. */
export const dateTime64 = (value: Date): SqlParameter => ({
	type: "DateTime64(6, 'UTC')",
	value: value.toISOString().slice(0, -1).replace("T", " "),
});
/** A DateTime64(6) as ClickHouse printed it, to the microsecond. */
export const dateTime64Text = (value: string): SqlParameter => ({ type: "DateTime64(6, 'UTC')", value });
