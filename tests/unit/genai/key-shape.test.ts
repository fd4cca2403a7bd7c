import { describe, expect, it } from "vitest";
import { DIALECTS } from "@/lib/genai/dialects";
import { KeyIndex } from "@/lib/genai/key-index";
import { type Shape, ShapeTree } from "@/lib/genai/key-shape";

const KEYS = [
	"gen_ai.request.model",
	"llm.input_messages.1.message.role",
	"langfuse.trace.metadata.team",
	"unheard.of",
];

const newTree = () => new ShapeTree(new KeyIndex(DIALECTS));
const walk = (tree: ShapeTree, keys: readonly string[]): Shape =>
	keys.reduce((shape, key) => shape.with(key), tree.root);

describe("ShapeTree", () => {
	it("finds the shape of the same keys in the same order again, and what they mean", () => {
		const tree = newTree();
		const shape = walk(tree, KEYS);
		expect(walk(tree, KEYS)).toBe(shape);
		expect(walk(tree, KEYS.toReversed())).not.toBe(shape);
		expect(walk(tree, KEYS).meaning).toBe(shape.meaning);
		const { candidates, numbered, maps, markedBy } = shape.meaning;
		expect(candidates.get("requestModel")?.map(({ key, at }) => [key, at])).toEqual([["gen_ai.request.model", 0]]);
		expect(numbered.get("llm.input_messages")).toEqual([{ index: 1, rest: "message.role", at: 1 }]);
		expect(maps.get("langfuse.trace.metadata.")).toEqual([{ index: 0, rest: "team", at: 2 }]);
		expect(DIALECTS[markedBy]?.name).toBe("langfuse");
	});

	it("orders candidates by their rows' places, whatever the order of the keys", () => {
		const keys = ["input", "gen_ai.prompt", "dokimos.input", "input.value"];
		const first = walk(newTree(), keys).meaning.candidates.get("input");
		const second = walk(newTree(), keys.toReversed()).meaning.candidates.get("input");
		expect(first?.map(({ key }) => key)).toEqual(second?.map(({ key }) => key));
		expect(first?.[0]?.key).toBe("dokimos.input");
	});

	it("keeps the keys of a resource apart, whose marks count for nothing", () => {
		const { root } = newTree();
		const own = root.with("langfuse.trace.name");
		const shared = root.withShared("langfuse.trace.name");
		expect(shared).not.toBe(own);
		expect(root.withShared("langfuse.trace.name")).toBe(shared);
		expect(DIALECTS[own.meaning.markedBy]?.name).toBe("langfuse");
		expect(shared.meaning.markedBy).toBe(Number.POSITIVE_INFINITY);
	});

	it("remembers no details, no long keys, and of a long list of keys the first ones", () => {
		const { root } = newTree();
		const long = "x".repeat(1000);
		expect(root.with(long)).not.toBe(root.with(long));
		expect(root.withDetail("input", "event:e")).not.toBe(root.withDetail("input", "event:e"));
		expect(root.withDetail("input", "event:e").meaning.candidates.get("input")?.[0]?.from).toBe("event:e");
		const tree = newTree();
		const many = Array.from({ length: 5000 }, (_, index) => `gen_ai.prompt.${index}.role`);
		const few = many.slice(0, 100);
		expect(walk(tree, few)).toBe(walk(tree, few));
		// Compared outside of expect(), which walks along what it is given.
		const [first, second] = [walk(tree, many), walk(tree, many)];
		expect(first === second).toBe(false);
		expect(walk(tree, many).meaning.numbered.get("gen_ai.prompt")).toHaveLength(5000);
	});

	it("forgets all when senders make up too many keys, and means the same by them afterwards", () => {
		const tree = newTree();
		const { root } = tree;
		const { meaning } = walk(tree, KEYS);
		for (let index = 0; tree.root === root; index++) {
			if (index > 100_000) expect.fail("never full");
			walk(tree, [`made.up.${index}`, ...KEYS]);
		}
		expect(walk(tree, KEYS).meaning).not.toBe(meaning);
		expect(walk(tree, KEYS).meaning).toStrictEqual(meaning);
	});
});
