import { describe, expect, it } from "vitest";
import { newMessages } from "@/app/p/[project]/traces/[traceId]/new-messages";
import type { Message, Part } from "@/lib/span/message";

const say = (role: string, text: string, ...more: Part[]): Message => ({
	role,
	parts: [{ type: "text", text }, ...more],
});
const texts = (messages: readonly Message[]) =>
	messages.map(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : part.type)).join(" "));

const system = say("system", "Be brief.");
const talk = [say("user", "1"), say("assistant", "2"), say("user", "3"), say("assistant", "4")];

describe("newMessages()", () => {
	it("are those that neither the call before nor its answer had", () => {
		const now = [system, ...talk, say("user", "5")];
		const fresh = newMessages(now, [system, ...talk]);
		expect([fresh.system, fresh.earlier, fresh.from, texts(fresh.messages)]).toEqual(["Be brief.", 4, 5, ["5"]]);
	});

	it("take an answer that was sent again without its reasoning and reason to stop as known", () => {
		const answer: Message = { ...say("assistant", "2", { type: "reasoning", text: "hm" }), finish_reason: "stop" };
		expect(texts(newMessages([...talk.slice(0, 3)], [say("user", "1"), answer]).messages)).toEqual(["3"]);
	});

	it("are found when the sender dropped the beginning of the conversation", () => {
		expect(texts(newMessages([...talk.slice(2), say("user", "5")], talk).messages)).toEqual(["5"]);
	});

	it("are all of another conversation", () => {
		const fresh = newMessages([say("user", "x"), say("assistant", "y")], talk);
		expect([fresh.earlier, fresh.messages.length]).toEqual([0, 2]);
	});

	it("of a first call are all, or of a long history what the user said last", () => {
		expect(newMessages([system, ...talk], null)).toMatchObject({ earlier: 0, from: 1 });
		const long = [...talk, ...talk, ...talk];
		expect(texts(newMessages(long, null).messages)).toEqual(["3", "4"]);
	});

	it("have no instructions where there are none, and keep those in the middle of a conversation", () => {
		const fresh = newMessages([say("user", "1"), system], []);
		expect([fresh.system, texts(fresh.messages)]).toEqual([null, ["1", "Be brief."]]);
	});
});
