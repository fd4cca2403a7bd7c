import { describe, expect, it } from "vitest";
import { Conversation } from "@/lib/genai/messages/conversation";
import { indexedMessages } from "@/lib/genai/messages/indexed-messages";
import { finishReasonOf, inputTextOf, outputTextOf } from "@/lib/genai/messages/message-text";
import { DEFAULT_ROLE, normaliseMessages } from "@/lib/genai/messages/normalise-messages";
import { type Dice, throwDice } from "@/tests/fuzz/dice";

const CASES = 4000;
const TEXTS = ["hello", " ", "", "[1]", '{"role":"user","content":"inside"}', "[REDACTED]", "stop"];
const LEAVES = ["role", "content", "message.role", "message.content", "message.contents.0.message_content.text", "odd"];
const ROLES = ["user", "user", "assistant", "system", "tool", "model", "Human", "odd", ""];

describe("Conversation.in()", () => {
	it("holds the messages that normaliseMessages() gives, with their texts and reasons, read in any order", () => {
		for (let index = 0; index < CASES; index++) {
			const dice = throwDice(11, index);
			const side = dice.pick(["input", "output"] as const);
			const value = dice.chance(0.8) ? aList(dice) : aValue(dice, 0);
			const messages = normaliseMessages(value, side);
			const about = JSON.stringify(value);
			if (messages === null || messages.length === 0) {
				expect(Conversation.in(value, side), about).toBeNull();
				continue;
			}
			const lazy = () => Conversation.in(value, side) ?? expect.fail(about);
			expect(lazy().all(), about).toStrictEqual(messages);
			expect(inputTextOf(lazy()), about).toBe(inputTextOf(messages));
			expect(outputTextOf(lazy()), about).toBe(outputTextOf(messages));
			expect(finishReasonOf(lazy()), about).toBe(finishReasonOf(messages));
			const read = lazy();
			read.at(dice.below(read.length));
			expect(read.all(), about).toStrictEqual(messages);
		}
	});

	it("holds the messages that indexedMessages() gives", () => {
		for (let index = 0; index < CASES / 10; index++) {
			const dice = throwDice(12, index);
			const entry = () => new Map(Array.from({ length: dice.below(4) }, () => [dice.pick(LEAVES), dice.pick(TEXTS)]));
			const entries = new Map(Array.from({ length: dice.below(5) }, () => [dice.below(9), entry()] as const));
			const side = dice.pick(["input", "output"] as const);
			const style = dice.pick(["openinference", "traceloop"] as const);
			const messages = indexedMessages(entries, style, DEFAULT_ROLE[side]);
			const read = () => Conversation.numbered(entries, style, side);
			expect(read()?.all() ?? []).toStrictEqual(messages);
			const lazy = read();
			if (lazy) expect(inputTextOf(lazy)).toBe(inputTextOf(messages));
		}
	});

	it("reads the instructions above it only for who wants all messages", () => {
		const conversation = Conversation.in([{ role: "user", content: "hi" }], "input");
		let reads = 0;
		const under = conversation?.under(() => {
			reads++;
			return "be brief";
		});
		expect(under && inputTextOf(under)).toBe("hi");
		expect(reads).toBe(0);
		expect(under?.all().map(({ role }) => role)).toEqual(["system", "user"]);
	});
});

function aList(dice: Dice): unknown[] {
	return Array.from({ length: dice.below(5) }, () => (dice.chance(0.15) ? aValue(dice, 1) : aMessage(dice)));
}

function aMessage(dice: Dice): object {
	return {
		...(dice.chance(0.9) && { role: dice.pick(ROLES) }),
		[dice.pick(["parts", "content", "content", "text"])]: dice.chance(0.5) ? dice.pick(TEXTS) : someParts(dice),
		...(dice.chance(0.2) && { finish_reason: dice.pick([...TEXTS, null]) }),
		...(dice.chance(0.1) && { tool_calls: [{ id: "c", function: { name: "f", arguments: "{}" } }] }),
		...(dice.chance(0.03) && { "event.name": dice.pick(["gen_ai.user.message", "gen_ai.choice"]) }),
	};
}

function someParts(dice: Dice): object[] {
	return Array.from({ length: dice.below(3) }, () => ({
		type: dice.pick(["text", "text", "tool_call", "tool_call_response", "reasoning", "refusal", "odd"]),
		content: dice.pick(TEXTS),
	}));
}

function aValue(dice: Dice, depth: number): unknown {
	const choice = dice.below(depth > 3 ? 2 : 6);
	if (choice === 0) return dice.pick(TEXTS);
	if (choice === 1) return dice.pick([0, 1, null, true]);
	if (choice === 2) return aList(dice);
	if (choice === 3) return JSON.stringify(aList(dice));
	if (choice === 4) return Array.from({ length: dice.below(3) }, () => aValue(dice, depth + 1));
	const keys = ["role", "content", "messages", "input", "choices", "message", "output", "text", "system"];
	return Object.fromEntries(Array.from({ length: dice.below(4) }, () => [dice.pick(keys), aValue(dice, depth + 1)]));
}
