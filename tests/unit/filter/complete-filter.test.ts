import { describe, expect, it } from "vitest";
import { completeFilter } from "@/lib/filter/complete-filter";

/** What is offered where `|` stands. */
function offered(marked: string): string[] {
	return completeFilter(marked.replace("|", ""), marked.indexOf("|")).options.map(({ text }) => text);
}

describe("completeFilter()", () => {
	it("offers fields where a condition may begin", () => {
		for (const marked of ["|", "(|", "not |", "kind = llm and |", "kind = llm or (|", "kind = llm and not |"]) {
			expect(offered(marked).slice(0, 3), marked).toEqual(["name", "kind", "status"]);
		}
		expect(offered("mod|").slice(0, 3)).toEqual(["model", "model.requested", "model.served"]);
		expect(offered("kind = llm and att|")).toContain('attribute["');
	});

	it("offers the operators of the field's type", () => {
		expect(offered("latency |")).toEqual(["<", "<=", ">", ">=", "=", "!=", "in", "not in", "exists", "is unknown"]);
		expect(offered("tags h|").slice(0, 2)).toEqual(["has", "has word"]);
		expect(offered("root |")).toEqual(["=", "!=", "exists", "is unknown"]);
		expect(offered('attribute["http.route"] st|')).toEqual(["starts with", "exists"]);
		expect(offered("name starts |")).toEqual(["starts with"]);
		expect(completeFilter("name starts w", 13)).toMatchObject({ from: 5, to: 13, options: [{ text: "starts with" }] });
	});

	it("offers values where only some are known", () => {
		expect(offered("status = |")).toEqual(["ok", "error"]);
		expect(offered("kind in (llm, t|")).toEqual(["tool", "retrieval", "agent", "evaluator", "prompt"]);
		expect(offered("root = |")).toEqual(["true", "false"]);
		expect(offered("start > now-1|")).toEqual(["now-15m", "now-1h"]);
		expect(offered("model = |")).toEqual([]);
	});

	it("offers what joins after a condition, and the end of a group that is open", () => {
		expect(offered("status = ok |")).toEqual(["and", "or"]);
		expect(offered("(status = ok |")).toEqual(["and", "or", ")"]);
		expect(offered("cost is unknown |")).toEqual(["and", "or"]);
		expect(offered('"refund" o|')).toEqual(["or"]);
	});

	it("replaces the whole word that the cursor is in", () => {
		expect(completeFilter("modle = x", 3)).toMatchObject({ from: 0, to: 5 });
	});

	it("offers nothing inside quotes, and never fails wherever the cursor is", () => {
		expect(offered('model = "gp|')).toEqual([]);
		const text = `not (attribute["a"] in (1, 2) or name starts with 'x') and [ ] = ! tags has word`;
		for (let cursor = -1; cursor <= text.length + 1; cursor++) expect(() => completeFilter(text, cursor)).not.toThrow();
	});
});
