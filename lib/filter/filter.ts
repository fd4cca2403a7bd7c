import { z } from "zod";
import { type Condition, checkCondition, isFault } from "@/lib/filter/condition";

/**
 * Which spans are meant. This room asks the same question in three ways, and they agree: as text that people type
 * (`parse-filter.ts`), as a statement to ClickHouse (`filter-sql.ts`) and of a span in memory (`match-span.ts`).
 *
 * What is unknown fits no comparison, not even `!=`; `not` is its plain opposite, so `not cost > 1` holds where the cost is
 * unknown. Text is compared as it is; `contains` and `has word` ignore upper and lower case.
 */
export type FilterTree = { and: FilterTree[] } | { or: FilterTree[] } | { not: FilterTree } | Condition;

export const DEPTH_MAX = 20;
export const CONDITIONS_MAX = 200;

/** Fits every span. */
export const EVERYTHING: FilterTree = { and: [] };

/**
 * A filter as JSON: `{"and": [...]}`, `{"or": [...]}`, `{"not": ...}` or `{"field", "op", "value"}`; the empty `and`, on the
 * outside only, fits everything. At most 20 deep and 200 conditions. A group of one comes out as that one, fields by their
 * usual names. Issues carry the path to what is wrong.
 */
export const FilterTree = z.unknown().transform((input, context): FilterTree => {
	const reading = { conditions: 0 };
	const issue = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message, input });
	const found = isEmptyAnd(input) ? EVERYTHING : readNode(input, [], reading, issue);
	return found ?? z.NEVER;
});

type Issue = (path: PropertyKey[], message: string) => void;

function readNode(
	node: unknown,
	path: PropertyKey[],
	reading: { conditions: number },
	issue: Issue,
): FilterTree | null {
	const depth = path.filter((step) => step === "and" || step === "or" || step === "not").length;
	const refuse = (message: string, ...at: PropertyKey[]) => {
		issue([...path, ...at], message);
		return null;
	};
	if (depth > DEPTH_MAX) return refuse(`is deeper than ${DEPTH_MAX} levels`);
	if (!isRecord(node)) return refuse("must be a condition or one of and, or, not");
	const [kind, ...others] = Object.keys(node).filter((key) => key === "and" || key === "or" || key === "not");
	if (kind !== undefined) {
		if (others.length > 0 || Object.keys(node).length > 1) return refuse(`\`${kind}\` stands alone in its object`);
		if (kind === "not") {
			const inner = readNode(node.not, [...path, "not"], reading, issue);
			return inner && { not: inner };
		}
		return readGroup(kind === "and" ? "and" : "or", node[kind], path, reading, issue);
	}
	const unknown = Object.keys(node).find((key) => key !== "field" && key !== "op" && key !== "value");
	if (unknown !== undefined) return refuse("is not known: a condition has field, op and value", unknown.slice(0, 64));
	reading.conditions++;
	if (reading.conditions > CONDITIONS_MAX) {
		return reading.conditions === CONDITIONS_MAX + 1
			? refuse(`a filter has at most ${CONDITIONS_MAX} conditions`)
			: null;
	}
	if (typeof node.field !== "string") return refuse("must be a field's name", "field");
	if (typeof node.op !== "string") return refuse("must be an operator", "op");
	const checked = checkCondition(node.field, node.op, node.value);
	return isFault(checked) ? refuse(checked.message, checked.part) : checked;
}

function readGroup(
	kind: "and" | "or",
	parts: unknown,
	path: PropertyKey[],
	reading: { conditions: number },
	issue: Issue,
): FilterTree | null {
	const here = [...path, kind];
	if (!Array.isArray(parts) || parts.length === 0) {
		issue(here, "must be a list of at least one condition");
		return null;
	}
	// Each part holds a condition at least.
	const read = parts
		.slice(0, CONDITIONS_MAX + 1)
		.map((part, index) => readNode(part, [...here, index], reading, issue));
	const nodes = read.filter((part) => part !== null);
	if (nodes.length < read.length) return null;
	const [only] = nodes;
	if (nodes.length === 1 && only) return only;
	return kind === "and" ? { and: nodes } : { or: nodes };
}

function isEmptyAnd(input: unknown): boolean {
	return isRecord(input) && Array.isArray(input.and) && input.and.length === 0 && Object.keys(input).length === 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
