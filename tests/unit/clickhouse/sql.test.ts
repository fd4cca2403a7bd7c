import { describe, expect, it } from "vitest";
import { dateTime64, joinSql, renderSql, sql, string, strings, uint } from "@/lib/clickhouse/sql";

describe("sql", () => {
	it("numbers parameters through nested fragments, in the order they stand", () => {
		const inner = sql`b = ${string("two")} AND ${sql`c = ${uint(3)}`}`;
		const statement = sql`SELECT ${string("one")} WHERE ${inner} OR d IN ${strings(["four"])} LIMIT ${uint(5n)}`;
		expect(renderSql(statement)).toEqual({
			text: "SELECT {p0:String} WHERE b = {p1:String} AND c = {p2:UInt64} OR d IN {p3:Array(String)} LIMIT {p4:UInt64}",
			values: { p0: "one", p1: "two", p2: "3", p3: ["four"], p4: "5" },
		});
	});

	it("never puts a value into the text", () => {
		const hostile = "' OR 1=1; DROP TABLE spans --{p0:String}";
		const { text, values } = renderSql(sql`SELECT ${string(hostile)}`);
		expect(text).toBe("SELECT {p0:String}");
		expect(values).toEqual({ p0: hostile });
	});

	it("sends one parameter once however often it stands in the statement, and equal ones apart", () => {
		const fragment = sql`x = ${string("v")}`;
		expect(renderSql(sql`${fragment} OR ${fragment} OR y = ${string("v")}`)).toEqual({
			text: "x = {p0:String} OR x = {p0:String} OR y = {p1:String}",
			values: { p0: "v", p1: "v" },
		});
	});

	it("keeps fragments side by side apart", () => {
		expect(renderSql(sql`${sql`a`}${sql``}${sql`b`}${string("c")}${sql`d`}`).text).toBe("ab{p0:String}d");
	});
});

describe("joinSql()", () => {
	it("joins fragments with their parameters and is empty for none", () => {
		const parts = ["a", "b", "c"].map((value) => sql`x = ${string(value)}`);
		expect(renderSql(joinSql(parts, "OR"))).toEqual({
			text: "x = {p0:String} OR x = {p1:String} OR x = {p2:String}",
			values: { p0: "a", p1: "b", p2: "c" },
		});
		expect(renderSql(joinSql(parts.slice(0, 1), "AND")).text).toBe("x = {p0:String}");
		expect(renderSql(joinSql([], ",")).text).toBe("");
	});
});

describe("parameters", () => {
	it("write moments in UTC and 64-bit numbers as text", () => {
		expect(dateTime64(new Date("2026-11-22T03:10:40.120Z"))).toEqual({
			type: "DateTime64(6, 'UTC')",
			value: "2026-11-22 03:10:40.120",
		});
		expect(uint(2n ** 64n - 1n).value).toBe("18446744073709551615");
	});
});
