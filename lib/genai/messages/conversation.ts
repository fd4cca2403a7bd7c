import { entriesInOrder, type IndexedStyle, indexedMessage, type Leaves } from "@/lib/genai/messages/indexed-messages";
import type { MessageOptions } from "@/lib/genai/messages/media-part";
import { withSystem } from "@/lib/genai/messages/merge-system";
import { normaliseMessage } from "@/lib/genai/messages/normalise-message";
import {
	DEFAULT_ROLE,
	isPlainList,
	normaliseMessages,
	type Side,
	unknownMessage,
} from "@/lib/genai/messages/normalise-messages";
import type { Message } from "@/lib/span/message";

/**
 * The messages on one side of a span, each read when it is asked for: who stores a span wants the text of one of them,
 * who shows it wants all. By place they are as sent, without system instructions given apart; `all()` has both.
 */
export class Conversation {
	readonly length: number;
	readonly #read: (index: number) => Message | null;
	readonly #known: (Message | null | undefined)[];
	readonly #system: (() => unknown) | null;

	private constructor(
		known: (Message | null | undefined)[],
		read: (index: number) => Message | null,
		system: (() => unknown) | null,
	) {
		this.length = known.length;
		this.#known = known;
		this.#read = read;
		this.#system = system;
	}

	/** Messages that are read already; null when there are none. */
	static of(messages: Message[] | null): Conversation | null {
		return messages && messages.length > 0 ? new Conversation(messages, () => null, null) : null;
	}

	/** The messages that `normaliseMessages` gives for the value; null when it gives none. */
	static in(value: unknown, side: Side, options: MessageOptions = {}): Conversation | null {
		if (!isPlainList(value)) return Conversation.of(normaliseMessages(value, side, options));
		return Conversation.begun(
			value,
			side,
			(entry) => normaliseMessage(entry, DEFAULT_ROLE[side], options),
			(entry) => unknownMessage(entry, side),
		);
	}

	/** The messages that `indexedMessages` gives for the entries; null when it gives none. */
	static numbered(
		entries: ReadonlyMap<number, Leaves>,
		style: IndexedStyle,
		side: Side,
		options: MessageOptions = {},
	): Conversation | null {
		const read = (entry: Leaves) => indexedMessage(entry, style, DEFAULT_ROLE[side], options);
		return Conversation.begun(entriesInOrder(entries), side, read, () => null);
	}

	/** A conversation when any entry is a message. It is looked for where the reader of a side begins. */
	private static begun<Entry>(
		entries: readonly Entry[],
		side: Side,
		read: (entry: Entry) => Message | null,
		otherwise: (entry: Entry) => Message | null,
	): Conversation | null {
		const known: (Message | null | undefined)[] = new Array(entries.length).fill(undefined);
		const readAt = (index: number) => read(entries[index] as Entry) ?? otherwise(entries[index] as Entry);
		for (let step = 0; step < entries.length; step++) {
			const index = side === "input" ? entries.length - 1 - step : step;
			const message = read(entries[index] as Entry);
			known[index] = message ?? otherwise(entries[index] as Entry);
			if (message !== null) return new Conversation(known, readAt, null);
		}
		return null;
	}

	/** The same conversation under the instructions that `system` reads. */
	under(system: () => unknown): Conversation {
		return new Conversation(this.#known, this.#read, system);
	}

	/** The message at a place; null when what stands there says nothing. */
	at(index: number): Message | null {
		const known = this.#known[index];
		if (known !== undefined) return known;
		const message = this.#read(index);
		this.#known[index] = message;
		return message;
	}

	/** Every message that says something, in order; never empty. */
	all(): Message[] {
		const messages: Message[] = [];
		for (let index = 0; index < this.length; index++) {
			const message = this.at(index);
			if (message !== null) messages.push(message);
		}
		return this.#system ? withSystem(this.#system(), messages) : messages;
	}
}
