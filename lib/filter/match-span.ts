import { type Condition, DENIES } from "@/lib/filter/condition";
import type { FilterTree } from "@/lib/filter/filter";
import { findField } from "@/lib/filter/find-field";
import { operandTest } from "@/lib/filter/operand-test";
import type { Span } from "@/lib/span/span";

type Matcher = (span: Span) => boolean;

/** A checked filter as a question to spans in memory. What is costly happens here, once; `now` is what moments count from. */
export function spanMatcher(tree: FilterTree, now: Date): Matcher {
	if ("and" in tree) {
		const parts = tree.and.map((part) => spanMatcher(part, now));
		return (span) => parts.every((fits) => fits(span));
	}
	if ("or" in tree) {
		const parts = tree.or.map((part) => spanMatcher(part, now));
		return (span) => parts.some((fits) => fits(span));
	}
	if ("not" in tree) {
		const fits = spanMatcher(tree.not, now);
		return (span) => !fits(span);
	}
	return conditionMatcher(tree, now);
}

/** Whether a span fits a checked filter. For many spans, make a `spanMatcher` once. */
export function matchSpan(tree: FilterTree, span: Span, now: Date): boolean {
	return spanMatcher(tree, now)(span);
}

function conditionMatcher({ field, op, value }: Condition, now: Date): Matcher {
	const found = findField(field);
	if (!found) return () => false;
	const valuesOf = (span: Span) => found.places.map((place) => place.read(span)).filter((known) => known !== null);
	if (op === "exists") return (span) => valuesOf(span).length > 0;
	const denied = DENIES[op];
	const test = operandTest(found.type, denied ?? op, value, now);
	const fits = (span: Span) => valuesOf(span).some((known) => test.holds(known));
	return denied === undefined ? fits : (span) => valuesOf(span).length > 0 && !fits(span);
}
