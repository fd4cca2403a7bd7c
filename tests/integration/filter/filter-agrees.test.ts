import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { migrateClickhouse } from "@/lib/clickhouse/migrate";
import { query } from "@/lib/clickhouse/query";
import { joinSql, type Sql, sql, string, strings } from "@/lib/clickhouse/sql";
import { EVERYTHING, FilterTree } from "@/lib/filter/filter";
import { filterSql } from "@/lib/filter/filter-sql";
import { spanMatcher } from "@/lib/filter/match-span";
import { operandTest } from "@/lib/filter/operand-test";
import { compileRegex, refuseRegex } from "@/lib/filter/regex";
import type { Span } from "@/lib/span/span";
import { writeSpans } from "@/lib/traces/write-spans";
import { randomFilter, randomRegex } from "@/tests/support/random-filter";
import { randomSpan, randomText, TEXTS } from "@/tests/support/random-spans";
import { seededRandom } from "@/tests/support/seeded-random";
import { ownClickhouse } from "@/tests/support/stores";

// FILTER_SEED and FILTER_TREES widen the search when the language changes.
const SEED = Number(process.env.FILTER_SEED ?? 20261122);
const SPANS = 200;
const TREES = Number(process.env.FILTER_TREES ?? 2400);
const BATCH = 40;
const NOW = new Date("2026-09-21T14:30:00Z");

const stores = ownClickhouse();
const random = seededRandom(SEED);
const spans: Span[] = Array.from({ length: SPANS }, (_, index) =>
	randomSpan(random, {
		projectId: "agree",
		traceId: (index % 20).toString(16).padStart(32, "0"),
		spanId: (index + 1).toString(16).padStart(16, "0"),
	}),
);

beforeAll(async () => {
	await stores.ready();
	await migrateClickhouse();
	await writeSpans(spans);
});

/** What ClickHouse says: span by span, one answer for each condition. */
async function answers(conditions: readonly Sql[]): Promise<Map<string, number[]>> {
	const rows = await query({
		name: "filters of spans",
		sql: sql`SELECT span_id, [${joinSql(conditions, ",")}] AS answers FROM spans FINAL WHERE project_id = ${string("agree")}`,
		row: z.object({ span_id: z.string(), answers: z.array(z.number()) }),
	});
	return new Map(rows.map((row) => [row.span_id, row.answers]));
}

async function disagreements(trees: readonly FilterTree[]): Promise<string[]> {
	const stored = await answers(trees.map((tree) => filterSql(tree, NOW)));
	expect(stored.size).toBe(SPANS);
	return trees.flatMap((tree, index) => {
		const fits = spanMatcher(tree, NOW);
		const wrong = spans.filter((span) => fits(span) !== (stored.get(span.spanId)?.[index] === 1));
		const [first] = wrong;
		return first
			? [`${JSON.stringify(tree)}: ${wrong.length} spans, ${first.spanId} fits in memory: ${fits(first)}`]
			: [];
	});
}

describe("filterSql() and spanMatcher()", () => {
	it(`agree on ${TREES} random filters and ${SPANS} random spans`, async () => {
		const wrong: string[] = [];
		let mixed = 0;
		for (let done = 0; done < TREES; done += BATCH) {
			const trees = Array.from({ length: BATCH }, () => randomFilter(random));
			wrong.push(...(await disagreements(trees)));
			mixed += trees.filter((tree) => {
				const fits = spans.filter(spanMatcher(tree, NOW)).length;
				return fits > 0 && fits < SPANS;
			}).length;
		}
		expect(wrong.slice(0, 12)).toEqual([]);
		// Filters that fit all or none would prove little.
		expect(mixed).toBeGreaterThan(TREES / 2);
	});

	it("agree on 3000 random patterns and words", async () => {
		const texts = [...new Set([...TEXTS, ...Array.from({ length: 60 }, () => randomText(random))])].map((text) =>
			text.toWellFormed(),
		);
		for (let done = 0; done < 3000; done += 250) {
			const tests = Array.from({ length: 250 }, (_, index) => {
				const op = index % 5 === 0 ? "has word" : index % 5 === 1 ? "contains" : "matches";
				const value = op === "matches" ? randomRegex(random) : randomText(random).toWellFormed();
				return { op, value, test: operandTest("text", op, value, NOW) } as const;
			});
			const rows = await query({
				name: "patterns on texts",
				sql: sql`SELECT text, [${joinSql(
					tests.map(({ test }) => test.sql(sql`text`)),
					",",
				)}] AS answers FROM (SELECT arrayJoin(${strings(texts)}) AS text)`,
				row: z.object({ text: z.string(), answers: z.array(z.number()) }),
			});
			expect(rows).toHaveLength(texts.length);
			const wrong = tests.flatMap(({ op, value, test }, index) =>
				rows
					.filter(({ text, answers: said }) => test.holds(text) !== (said[index] === 1))
					.map(({ text }) => `${JSON.stringify(text)} ${op} ${JSON.stringify(value)}: memory says ${test.holds(text)}`),
			);
			expect(wrong.slice(0, 12)).toEqual([]);
		}
	});

	it("agree on what is on its own: a moment, a flag, an emptiness", async () => {
		const lone: FilterTree[] = [
			{ field: "root", op: "=", value: true },
			{ field: "status", op: "exists" },
			{ field: "start", op: ">", value: "now-1h" },
			EVERYTHING,
		];
		for (const tree of lone) expect(await disagreements([tree])).toEqual([]);
	});

	it("agree on the largest filter, which ClickHouse takes with its limits as they are", async () => {
		const word = "Ǆσ".repeat(1000);
		const conditions = (count: number): FilterTree[] =>
			Array.from({ length: count }, (_, index) =>
				index % 2 === 0
					? {
							field: `attribute.${index}${"k".repeat(1500)}`,
							op: "in",
							value: Array.from({ length: 100 }, (_, item) => item),
						}
					: { field: "text", op: "has word", value: `${index}${word}`.slice(0, 2000) },
			);
		let deep: FilterTree = { or: conditions(100) };
		for (let depth = 0; depth < 9; depth++) deep = { not: { and: [deep, { field: "name", op: "exists" }] } };
		const tree = FilterTree.parse({ and: [...conditions(91), deep] });
		expect(await disagreements([tree])).toEqual([]);
	});

	it("agree on patterns as large as they are taken, which RE2 in ClickHouse compiles too", async () => {
		const scattered = (count: number) =>
			Array.from({ length: count }, (_, index) => String.fromCodePoint(0x4e00 + index * 2)).join("");
		const pieces = [
			"👋",
			"[^é]",
			".",
			"\\W",
			`[${scattered(40)}]`,
			`[^${scattered(400)}]`,
			"(?:a|世|👋)",
			"(?:[a-z]|[^a-z])",
		];
		const patterns = pieces.flatMap((piece) => {
			const sizes = [1000, 700, 500, 300, 200, 100, 50, 20, 10, 5, 2, 1].map((count) => `${piece}{${count}}`);
			const joined = sizes.flatMap((one) => [20, 10, 5, 2, 1].map((times) => one.repeat(times)));
			const taken = joined.filter((pattern) => refuseRegex(pattern) === null);
			// The largest ones.
			return taken.sort((a, b) => compileRegex(b).programSize() - compileRegex(a).programSize()).slice(0, 3);
		});
		expect(patterns.length).toBe(pieces.length * 3);
		for (const value of patterns) {
			expect(await disagreements([{ field: "output", op: "matches", value }]), value).toEqual([]);
		}
	});

	it("never hang: a pattern that backtracking would not finish is answered at once", async () => {
		const fits = spanMatcher({ field: "input", op: "matches", value: "^(a+)+$" }, NOW);
		const [span] = spans;
		if (!span) throw new Error("no span");
		expect(fits({ ...span, inputText: `${"a".repeat(200_000)}b`, input: null })).toBe(false);
	});
});
