import type { JsonRecord } from "@/lib/genai/messages/json-value";
import type { MessageOptions } from "@/lib/genai/messages/media-part";
import { normaliseMessage } from "@/lib/genai/messages/normalise-message";
import type { Message } from "@/lib/span/message";

const MESSAGES_MAX = 5000;
const NESTING_MAX = 32;
const INDEX = /^\d{1,9}$/;

type Tree = Map<string, TreeNode>;
type TreeNode = Tree | { leaf: unknown };

/** Rest of the key → plain value. */
export type Leaves = ReadonlyMap<string, unknown>;

export type IndexedStyle = "openinference" | "traceloop";

/** Where each style keeps the message itself, and its keys that no provider's message has. */
const STYLES: Record<IndexedStyle, { root: string | null }> = {
	openinference: { root: "message" },
	traceloop: { root: null },
};

/**
 * Messages that were flattened into one attribute a leaf: index → rest of the key → plain value, such as 3 →
 * `message.contents.0.message_content.text` of OpenInference or 10 → `tool_calls.0.name` of Traceloop. In order of their
 * indices, whose gaps mean nothing. An entry that says nothing is no message.
 */
export function indexedMessages(
	entries: ReadonlyMap<number, Leaves>,
	style: IndexedStyle,
	defaultRole: string,
	options: MessageOptions = {},
): Message[] {
	const messages: Message[] = [];
	for (const entry of entriesInOrder(entries)) {
		const message = indexedMessage(entry, style, defaultRole, options);
		if (message !== null) messages.push(message);
	}
	return messages;
}

/** The entries that `indexedMessages` reads, in its order. */
export function entriesInOrder(entries: ReadonlyMap<number, Leaves>): Leaves[] {
	const inOrder = [...entries].sort(([a], [b]) => a - b).slice(0, MESSAGES_MAX);
	return inOrder.map(([, entry]) => entry);
}

/** The message of one such entry; null when it says nothing. */
export function indexedMessage(
	entry: Leaves,
	style: IndexedStyle,
	defaultRole: string,
	options: MessageOptions = {},
): Message | null {
	return normaliseMessage(recordOf(entry, STYLES[style].root), defaultRole, { ...options, packed: true });
}

function recordOf(leaves: Leaves, root: string | null): JsonRecord {
	const tree: Tree = new Map();
	for (const [path, leaf] of leaves) {
		const prefixed = root !== null && path.startsWith(`${root}.`);
		plant(tree, (prefixed ? path.slice(root.length + 1) : path).split(".", NESTING_MAX), leaf);
	}
	const record = grown(tree) as JsonRecord;
	const { function_call_name: name, function_call_arguments_json: json } = record;
	// Traceloop gives thoughts a role of their own.
	if (record.role === "thinking") {
		return { role: "assistant", content: [{ type: "thinking", thinking: record.content }] };
	}
	return name === undefined ? record : { ...record, function_call: { name, arguments: json } };
}

function plant(tree: Tree, path: readonly string[], leaf: unknown): void {
	let branch = tree;
	for (const segment of path.slice(0, -1)) {
		const next = branch.get(segment);
		if (next instanceof Map) branch = next;
		else {
			const grownBranch: Tree = new Map();
			branch.set(segment, grownBranch);
			branch = grownBranch;
		}
	}
	const last = path.at(-1) ?? "";
	if (!(branch.get(last) instanceof Map)) branch.set(last, { leaf });
}

/** A tree as plain JSON: branches with nothing but indices are lists, in numerical order. */
function grown(tree: Tree): unknown {
	const keys = [...tree.keys()];
	if (keys.length > 0 && keys.every((key) => INDEX.test(key))) {
		return keys.sort((a, b) => Number(a) - Number(b)).map((key) => value(tree.get(key)));
	}
	return Object.fromEntries(keys.map((key) => [key, value(tree.get(key))]));
}

function value(node: TreeNode | undefined): unknown {
	return node instanceof Map ? grown(node) : node?.leaf;
}
