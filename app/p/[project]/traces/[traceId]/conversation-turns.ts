import type { Message, Part } from "@/lib/span/message";

export type Side = "input" | "output";
type ToolCall = Extract<Part, { type: "tool_call" }>;
export type ToolResult = Extract<Part, { type: "tool_result" }>;

/** A part with its place in the message, by which its bytes can be asked for. */
export interface TurnPart {
	index: number;
	part: Part;
	/** What a tool call gave back, when the conversation tells. */
	result: ToolResult | null;
}

/** A message as a reader wants it: results stand with the calls they answer. */
export interface Turn {
	side: Side;
	/** Place among the messages of its side. */
	index: number;
	message: Message;
	parts: TurnPart[];
}

/**
 * The turns of a conversation, input before output. A result goes to the call before it that has its id; without ids, to
 * the first open call of its name. A message of nothing but such results is no turn of its own.
 */
export function conversationTurns(input: readonly Message[], output: readonly Message[]): Turn[] {
	const placed = [...placedMessages("input", input), ...placedMessages("output", output)];
	const { resultOf, claimed } = pairResults(placed.flatMap(({ message }) => message.parts));
	return placed.flatMap(({ side, index, message }) => {
		const parts = message.parts.flatMap((part, at) => {
			if (claimed.has(part)) return [];
			return [{ index: at, part, result: resultOf.get(part) ?? null }];
		});
		return parts.length === 0 && message.parts.length > 0 ? [] : [{ side, index, message, parts }];
	});
}

function placedMessages(side: Side, messages: readonly Message[]): { side: Side; index: number; message: Message }[] {
	return messages.map((message, index) => ({ side, index, message }));
}

function pairResults(parts: readonly Part[]): { resultOf: Map<Part, ToolResult>; claimed: Set<Part> } {
	const resultOf = new Map<Part, ToolResult>();
	const claimed = new Set<Part>();
	const open = new Set<ToolCall>();
	const byId = new Map<string, ToolCall[]>();
	for (const part of parts) {
		if (part.type === "tool_call") {
			open.add(part);
			if (part.id) byId.set(part.id, [...(byId.get(part.id) ?? []), part]);
		} else if (part.type === "tool_result") {
			const call = (part.id && byId.get(part.id)?.find((one) => open.has(one))) || unnumberedCall(open, part);
			if (!call) continue;
			open.delete(call);
			resultOf.set(call, part);
			claimed.add(part);
		}
	}
	return { resultOf, claimed };
}

/** The first open call that the result may belong to although the two share no id. */
function unnumberedCall(open: ReadonlySet<ToolCall>, { id, name }: ToolResult): ToolCall | null {
	for (const call of open) {
		if (call.id && id) continue;
		if (!name || call.name === name) return call;
	}
	return null;
}
