import type { Evidence, Found, MediaOption, MessageRule, Numbered, Turns } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";
import { Conversation } from "@/lib/genai/messages/conversation";
import { eventMessage } from "@/lib/genai/messages/event-message";
import { parseLoose } from "@/lib/genai/messages/json-value";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { DEFAULT_ROLE, textMessage } from "@/lib/genai/messages/normalise-messages";
import { anyValuePlain, attributesPlain } from "@/lib/span/any-value";
import type { Message } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span";

type Side = "input" | "output";

/** Kinds that converse; what a tool or a retriever takes and gives has fields of its own. */
const CONVERSING = new Set<SpanKind>(["llm", "agent", "chain", "prompt", "span"]);
/** Kinds for which plain text is a turn of a conversation, whatever key holds it. */
const SPEAKING = new Set<SpanKind>(["llm", "agent"]);
/** Keys that hold a conversation by definition: plain text there is a turn of it. */
const CONVERSATION_KEYS = new Set([
	"gen_ai.input.messages",
	"gen_ai.output.messages",
	"dokimos.input",
	"dokimos.output",
]);

const ROWS = { input: "inputMessages", output: "outputMessages" } as const;

const SIDES = ["input", "output"] as const;

/** A conversation that no single key holds. */
interface Rule {
	place: number;
	side: Side;
	read: (evidence: Evidence, turns: Turns) => Found<Conversation> | null;
}

/** Conversations that every convention may put into events, log records or the raw fields. */
const COMMON_RULES: readonly Rule[] = SIDES.flatMap((side) => [
	{ place: 60, side, read: asFound(fromEvents) },
	{ place: 110, side, read: fromRaw },
	{ place: 120, side, read: asFound(fromLogs) },
	{ place: 130, side, read: fromContentEvent },
]);
const OWN_RULES = DIALECTS.flatMap((dialect) => dialect.messages ?? []).map(
	({ place, side, read }): Rule => ({ place, side, read: asFound(read) }),
);

const RULES = [...OWN_RULES, ...COMMON_RULES].sort((a, b) => a.place - b.place);
const RULES_OF = {
	input: RULES.filter(({ side }) => side === "input"),
	output: RULES.filter(({ side }) => side === "output"),
};

/** The conversation on one side of a span, and who holds it; null when there is none. */
export function deriveMessages(
	evidence: Evidence,
	kind: SpanKind,
	side: Side,
	options: MediaOption = {},
): Found<Conversation> | null {
	if (!CONVERSING.has(kind)) return null;
	const found = findMessages(evidence, { side, speaks: SPEAKING.has(kind), options });
	if (side === "output") return found;
	if (found) {
		return { value: found.value.under(() => evidence.first("systemInstructions")?.value), from: found.from };
	}
	const system = evidence.first("systemInstructions");
	const alone = system && Conversation.of(withSystem(system.value, []));
	return alone && { value: alone, from: system.from };
}

function findMessages(evidence: Evidence, turns: Turns): Found<Conversation> | null {
	let from = 0;
	for (const rule of RULES_OF[turns.side]) {
		const found = fromRows(evidence, turns, from, rule.place) ?? rule.read(evidence, turns);
		if (found) return found;
		from = rule.place;
	}
	return fromRows(evidence, turns, from, Number.POSITIVE_INFINITY);
}

function fromRows(evidence: Evidence, turns: Turns, after: number, to: number): Found<Conversation> | null {
	return evidence.firstOf(
		ROWS[turns.side],
		(value, key) => translate(value, key, turns),
		(place) => place > after && place <= to,
	);
}

function asFound(read: MessageRule["read"]): Rule["read"] {
	return (evidence, turns) => {
		const held = read(evidence, turns);
		const value = held && Conversation.of(held.messages);
		return value && { value, from: held.from };
	};
}

function translate(value: unknown, key: string, { side, speaks, options }: Turns): Conversation | null {
	if (value instanceof Map) return fromNumbered(value, key, side, options);
	if (typeof value !== "string") return Conversation.in(value, side, options);
	// Text that came out of JSON may be JSON once more.
	const inner = parseLoose(value);
	const known = inner.parsed && typeof inner.value === "object" ? Conversation.in(inner.value, side, options) : null;
	if (known) return known;
	return speaks || CONVERSATION_KEYS.has(key) ? Conversation.of([textMessage(value, DEFAULT_ROLE[side])]) : null;
}

/** The raw input or output, when it is the conversation of a model or an agent. */
function fromRaw(evidence: Evidence, turns: Turns): Found<Conversation> | null {
	const raw = turns.speaks ? evidence.firstRaw(turns.side) : null;
	const value = raw && translate(parseLoose(raw.value).value, raw.from, turns);
	return value && { value, from: raw.from };
}

function fromNumbered(entries: Numbered, head: string, side: Side, options: MediaOption): Conversation | null {
	if (head === "llm.prompts" || head === "llm.choices") {
		const member = head === "llm.prompts" ? "prompt.text" : "completion.text";
		const texts = [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry.get(member));
		return Conversation.of(
			texts.flatMap((text) => (typeof text === "string" ? [textMessage(text, DEFAULT_ROLE[side])] : [])),
		);
	}
	const style = head.startsWith("llm.") ? "openinference" : "traceloop";
	return Conversation.numbered(entries, style, side, options);
}

/** Messages that a rule found, and who holds them. */
type Held = ReturnType<MessageRule["read"]>;

function fromEvents(evidence: Evidence, { side, options }: Turns): Held {
	const messages: Message[] = [];
	let from = "";
	for (const event of evidence.span.events) {
		if (!event.name.startsWith("gen_ai.")) continue;
		const read = eventMessage(event.name, attributesPlain(event.attributes), options);
		if (read?.side !== side) continue;
		messages.push(read.message);
		from = `event:${event.name}`;
	}
	return messages.length > 0 ? { messages, from } : null;
}

function fromLogs(evidence: Evidence, { side, options }: Turns): Held {
	const messages: Message[] = [];
	let from = "";
	for (const log of evidence.logs) {
		const body = parsedBody(anyValuePlain(log.body));
		const fields =
			typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
		const read = eventMessage(log.eventName, { ...attributesPlain(log.attributes), ...fields }, options);
		if (read?.side === side) {
			messages.push(read.message);
			from = `log:${log.eventName}`;
		} else if (!read && Object.hasOwn(fields, side)) {
			// AgentCore keeps both sides of a call in one body.
			messages.push(...(Conversation.in(fields[side], side, options)?.all() ?? []));
			from = `log:${log.eventName || "body"}`;
		}
	}
	return messages.length > 0 ? { messages, from } : null;
}

function parsedBody(body: unknown): unknown {
	return typeof body === "string" ? parseLoose(body).value : body;
}

const CONTENT_EVENTS = {
	input: { name: "gen_ai.content.prompt", key: "gen_ai.prompt" },
	output: { name: "gen_ai.content.completion", key: "gen_ai.completion" },
} as const;
const TURN = /^(system|user|assistant|tool|human|ai|developer): ?/;

// OpenLIT writes the conversation as lines of "role: text"; a line without a role continues the turn.
function fromContentEvent(evidence: Evidence, { side, options }: Turns): Found<Conversation> | null {
	const { name, key } = CONTENT_EVENTS[side];
	const event = evidence.span.events.find((candidate) => candidate.name === name);
	const value = event?.attributes.get(key);
	const plain = value && anyValuePlain(value);
	if (typeof plain !== "string" || plain.trim() === "") return null;
	const { value: json, parsed } = parseLoose(plain);
	const known = parsed ? Conversation.in(json, side, options) : null;
	if (known) return { value: known, from: `event:${name}` };
	const turns: { role: string; lines: string[] }[] = [];
	for (const line of plain.split("\n")) {
		const role = TURN.exec(line);
		if (role?.[1] !== undefined) turns.push({ role: role[1], lines: [line.slice(role[0].length)] });
		else if (turns.length > 0) turns.at(-1)?.lines.push(line);
		else turns.push({ role: DEFAULT_ROLE[side], lines: [line] });
	}
	const turned = Conversation.in(
		turns.map(({ role, lines }) => ({ role, content: lines.join("\n") })),
		side,
		options,
	);
	return turned && { value: turned, from: `event:${name}` };
}
