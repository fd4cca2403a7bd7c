import type { Evidence, Found, Numbered } from "@/lib/genai/dialect";
import { isMeaningful, readNumber } from "@/lib/genai/meaningful";
import { jsonText, parseLoose } from "@/lib/genai/messages/json-value";
import { retrievalDocuments } from "@/lib/genai/messages/retrieval-documents";
import { attributesPlain } from "@/lib/span/any-value";
import type { RetrievalDocument } from "@/lib/span/message";
import type { SpanKind } from "@/lib/span/span";

/** Members under which a retriever's input keeps its query. */
const QUERY_MEMBERS = ["query", "input", "search_query", "question", "text"];
/** Rows up to here can hold nothing but documents. */
const DEDICATED_PLACE = 20;

/** What a retriever or reranker was asked. */
export function deriveQuery(evidence: Evidence): Found<string> | null {
	return evidence.firstOf("query", (value) => {
		if (value instanceof Map) return lastUserText(value);
		if (typeof value !== "object" || value === null) return String(value);
		const fields = value as Record<string, unknown>;
		const member = QUERY_MEMBERS.find((name) => Object.hasOwn(fields, name) && isMeaningful(fields[name]));
		return jsonText(member === undefined ? value : fields[member]);
	});
}

function lastUserText(entries: Numbered): string | null {
	const turns = inOrder(entries).filter((entry) => entry.get("role") === undefined || entry.get("role") === "user");
	const content = turns.at(-1)?.get("content");
	return typeof content === "string" ? content : null;
}

/** The documents a span gave back, in its order. */
export function deriveDocuments(evidence: Evidence, kind: SpanKind): Found<RetrievalDocument[]> | null {
	const retrieves = kind === "retrieval" || kind === "reranker";
	const found = evidence.firstOf(
		"documents",
		(value) => {
			const documents = retrievalDocuments(value instanceof Map ? documentList(value) : value);
			return documents && documents.length > 0 ? documents : null;
		},
		(place) => retrieves || place <= DEDICATED_PLACE,
	);
	return found ?? (retrieves || kind === "span" ? fromResultEvents(evidence) : null);
}

function documentList(entries: Numbered): Record<string, unknown>[] {
	return inOrder(entries).map((entry) =>
		Object.fromEntries(
			[...entry].map(([rest, value]) => [rest.replace(/^document\./, ""), parsedMetadata(rest, value)]),
		),
	);
}

function parsedMetadata(rest: string, value: unknown): unknown {
	return rest === "document.metadata" && typeof value === "string" ? parseLoose(value).value : value;
}

function inOrder(entries: Numbered): Map<string, unknown>[] {
	return [...entries].sort(([a], [b]) => a - b).map(([, entry]) => entry);
}

// Vector stores traced by Traceloop write an event for each document.
function fromResultEvents(evidence: Evidence): Found<RetrievalDocument[]> | null {
	const name = "db.query.result";
	const documents = evidence.span.events
		.filter((event) => event.name === name)
		.map((event) => {
			const fields = attributesPlain(event.attributes);
			const field = (key: string) => fields[`db.query.result.${key}`] ?? fields[key];
			const score = readNumber(field("score")) ?? readNumber(field("distance"));
			const metadata = field("metadata");
			return {
				id: field("id"),
				...(score !== null && { score }),
				text: field("document") ?? field("text"),
				metadata: typeof metadata === "string" ? parseLoose(metadata).value : metadata,
			};
		});
	const read = documents.length > 0 ? retrievalDocuments(documents) : null;
	return read && { value: read, from: `event:${name}` };
}

/** The texts that an embedding span turned into vectors, one a line; never the vectors. */
export function deriveEmbeddedTexts(evidence: Evidence): Found<string> | null {
	return evidence.firstOf("embeddedTexts", (value) => {
		const texts =
			value instanceof Map
				? inOrder(value).map((entry) => entry.get("embedding.text") ?? entry.get("content"))
				: textsOf(value);
		const found = texts.filter((text): text is string => typeof text === "string" && text !== "");
		return found.length > 0 ? found.join("\n") : null;
	});
}

/** Members of a request that hold what is embedded, and of a document that hold its text. */
const TEXT_MEMBERS = ["input", "texts", "text", "documents", "content", "parts", "values"];

function textsOf(value: unknown, depth = 0): unknown[] {
	if (depth > 8) return [];
	if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, depth + 1));
	if (typeof value === "string") return [depth === 0 ? value : unquoted(value)];
	if (typeof value !== "object" || value === null) return [];
	const fields = value as Record<string, unknown>;
	const member = TEXT_MEMBERS.find((name) => Object.hasOwn(fields, name));
	return member === undefined ? [] : textsOf(fields[member], depth + 1);
}

/** Some senders write each text as JSON. */
function unquoted(text: string): unknown {
	return text.startsWith('"') ? parseLoose(text).value : text;
}
