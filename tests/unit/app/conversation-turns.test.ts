import { describe, expect, it } from "vitest";
import { conversationTurns } from "@/app/p/[project]/traces/[traceId]/conversation-turns";
import type { Message, Part } from "@/lib/span/message";

const say = (role: string, ...parts: Part[]): Message => ({ role, parts });
const text = (words: string): Part => ({ type: "text", text: words });
const call = (name: string, id?: string): Part => ({ type: "tool_call", name, id });
const result = (value: unknown, fields: { id?: string; name?: string } = {}): Part => ({
	type: "tool_result",
	result: value,
	...fields,
});

/** Each call with what it was given back, and each result that stands alone. */
function outline(input: Message[], output: Message[] = []): string[] {
	return conversationTurns(input, output).flatMap(({ side, index, parts }) =>
		parts.map(({ index: at, part, result: own }) => {
			const place = `${side} ${index}.${at}`;
			if (part.type === "tool_call") return `${place} ${part.name} -> ${own ? own.result : "nothing"}`;
			return part.type === "tool_result" ? `${place} alone ${part.result}` : `${place} ${part.type}`;
		}),
	);
}

describe("conversationTurns", () => {
	it("puts a result beside its call by id, whatever the order of results, and drops the emptied message", () => {
		const input = [
			say("user", text("both?")),
			say("assistant", call("a", "1"), call("a", "2")),
			say("tool", result("second", { id: "2" })),
			say("tool", result("first", { id: "1" })),
			say("assistant", text("done")),
		];
		expect(outline(input)).toEqual([
			"input 0.0 text",
			"input 1.0 a -> first",
			"input 1.1 a -> second",
			"input 4.0 text",
		]);
	});

	it("goes by name and order where there are no ids, and never across two different ids", () => {
		expect(
			outline([
				say("assistant", call("a"), call("b"), call("a")),
				say("tool", result("b1", { name: "b" }), result("a1", { name: "a" }), result("a2")),
			]),
		).toEqual(["input 0.0 a -> a1", "input 0.1 b -> b1", "input 0.2 a -> a2"]);
		expect(outline([say("assistant", call("a", "1")), say("tool", result("other", { id: "9", name: "a" }))])).toEqual([
			"input 0.0 a -> nothing",
			"input 1.0 alone other",
		]);
	});

	it("gives an id that is used again to the calls in their order", () => {
		const turn = (value: string) => [say("assistant", call("a", "same")), say("tool", result(value, { id: "same" }))];
		expect(outline([...turn("one"), ...turn("two")])).toEqual(["input 0.0 a -> one", "input 2.0 a -> two"]);
	});

	it("keeps what else a message of results says, a result before any call, and an empty message", () => {
		expect(
			outline([
				say("tool", result("early")),
				say("assistant", call("a", "1")),
				say("user", result("r", { id: "1" }), text("and?")),
			]),
		).toEqual(["input 0.0 alone early", "input 1.0 a -> r", "input 2.1 text"]);
		expect(conversationTurns([say("user")], [])).toHaveLength(1);
	});

	it("pairs across the two sides: an agent's output may hold calls and results", () => {
		expect(outline([say("assistant", call("a", "1"))], [say("tool", result("late", { id: "1" }))])).toEqual([
			"input 0.0 a -> late",
		]);
	});
});
