import { describe, expect, it } from "vitest";
import { withSystem } from "@/lib/genai/messages/merge-system";
import type { Message } from "@/lib/span/message";

const user: Message = { role: "user", parts: [{ type: "text", text: "Hi" }] };
const system: Message = { role: "system", parts: [{ type: "text", text: "Be brief" }] };

describe("withSystem()", () => {
	it("puts instructions of every shape first, as one message", () => {
		for (const instructions of [
			"Be brief",
			'"Be brief"',
			'[{"type":"text","content":"Be brief"}]',
			[{ type: "text", content: "Be brief" }],
			["Be brief"],
			[{ role: "system", content: "Be brief" }],
			{ role: "system", content: "Be brief" },
			{ parts: [{ text: "Be brief" }] },
			{ type: "text", text: "Be brief" },
			{ role: "user", parts: [{ text: "Be brief" }] },
		]) {
			expect(withSystem(instructions, [user]), JSON.stringify(instructions)).toStrictEqual([system, user]);
		}
		expect(withSystem(["a", "b"], [])).toStrictEqual([
			{
				role: "system",
				parts: [
					{ type: "text", text: "a" },
					{ type: "text", text: "b" },
				],
			},
		]);
		expect(withSystem("[cut", [user])[0]?.parts).toStrictEqual([{ type: "text", text: "[cut" }]);
	});

	it("leaves messages as they are that hold instructions already, or when there are none", () => {
		const messages = [system, user];
		expect(withSystem("other", messages)).toBe(messages);
		for (const nothing of [null, undefined, "", "  ", [], "[]", {}, 3])
			expect(withSystem(nothing, [user])).toEqual([user]);
	});
});
