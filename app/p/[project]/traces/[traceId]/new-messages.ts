import type { Message } from "@/lib/span/message";

/** What a call's input says that the call before it, with its answer, did not say yet. */
export interface NewMessages {
	/** Instructions, in one text; null without any. */
	system: string | null;
	/** How many messages after the instructions were known. */
	earlier: number;
	/** Place of the first new message in the input. */
	from: number;
	messages: Message[];
}

/** Of a long history that came with a first call, the part from the last user message on is new. */
const FIRST_MESSAGES_MAX = 6;
/** A longer conversation is compared from its start only. */
const SHIFTED_MESSAGES_MAX = 400;

/** `previous`: input and output of the call before; null when there was none. */
export function newMessages(input: readonly Message[], previous: readonly Message[] | null): NewMessages {
	const { system, rest } = splitSystem(input);
	const systemCount = input.length - rest.length;
	const earlier = previous === null ? earlierOfFirst(rest) : sharedCount(rest, splitSystem(previous).rest);
	return { system, earlier, from: systemCount + earlier, messages: rest.slice(earlier) };
}

export function systemText(input: readonly Message[]): string | null {
	return splitSystem(input).system;
}

/** Instructions stand at the head; one in the middle of a conversation is a message like others. */
function splitSystem(messages: readonly Message[]): { system: string | null; rest: readonly Message[] } {
	let count = 0;
	while (isSystem(messages[count])) count++;
	const texts = messages
		.slice(0, count)
		.flatMap(({ parts }) => parts.flatMap((part) => (part.type === "text" ? part.text : [])));
	return { system: count === 0 ? null : texts.join("\n\n"), rest: messages.slice(count) };
}

function isSystem(message: Message | undefined): boolean {
	return message?.role === "system" || message?.role === "developer";
}

function earlierOfFirst(messages: readonly Message[]): number {
	if (messages.length <= FIRST_MESSAGES_MAX) return 0;
	return Math.max(
		0,
		messages.findLastIndex(({ role }) => role === "user"),
	);
}

/** How many of the first messages were said before: all of the history, or its end when the sender dropped the beginning. */
function sharedCount(messages: readonly Message[], history: readonly Message[]): number {
	const [now, before] = [messages.map(meaning), history.map(meaning)];
	const direct = prefixLength(now, before, 0);
	if (direct > 0 || before.length > SHIFTED_MESSAGES_MAX) return direct;
	for (let shift = 1; shift < before.length; shift++) {
		if (prefixLength(now, before, shift) === before.length - shift) return before.length - shift;
	}
	return 0;
}

function prefixLength(now: readonly string[], before: readonly string[], shift: number): number {
	let count = 0;
	while (count < now.length && shift + count < before.length && now[count] === before[shift + count]) count++;
	return count;
}

// Reasoning and the reason to stop are told once and not sent again.
function meaning({ role, parts }: Message): string {
	return JSON.stringify([role, parts.filter(({ type }) => type !== "reasoning")]);
}
