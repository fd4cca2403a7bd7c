import { firstOf, firstTextOf, isRecord, type JsonRecord, unpacked } from "@/lib/genai/messages/json-value";
import type { RetrievalDocument } from "@/lib/span/message";

const DOCUMENTS_MAX = 5000;

const LIST_KEYS = ["documents", "results", "matches", "retrieval_documents", "docs", "source_nodes", "nodes"];
/** Wrappers around a document: OpenInference, LlamaIndex, LangChain, vector stores. */
const INNER_KEYS = ["document", "node", "kwargs", "payload"];
const ID_KEYS = ["id", "document_id", "doc_id", "id_", "_id", "node_id"];
const SCORE_KEYS = ["score", "relevance_score", "relevanceScore", "similarity", "similarity_score", "distance"];
const TEXT_KEYS = ["content", "text", "page_content", "pageContent", "document", "page_text", "chunk"];
const METADATA_KEYS = ["metadata", "meta"];

/**
 * The documents that a retriever or reranker gave back: texts, documents of any vector store or framework, `[document,
 * score]` pairs, or an object that holds the list. An id that only the metadata has is lifted out of it; a reranker's
 * `index` is an id when there is no other. Null when there are none.
 */
export function retrievalDocuments(value: unknown): RetrievalDocument[] | null {
	const plain = unpacked(value);
	const list = Array.isArray(plain) ? plain : isRecord(plain) ? listIn(plain) : undefined;
	if (list === undefined) return null;
	const documents: RetrievalDocument[] = [];
	for (const entry of list.slice(0, DOCUMENTS_MAX)) {
		const document = documentOf(entry);
		if (document !== null) documents.push(document);
	}
	return documents.length === 0 ? null : documents;
}

function listIn(record: JsonRecord): unknown[] | undefined {
	for (const key of LIST_KEYS) {
		const list = unpacked(record[key]);
		if (Array.isArray(list)) return list;
	}
	return documentOf(record) === null ? undefined : [record];
}

function documentOf(sent: unknown): RetrievalDocument | null {
	const entry = unpacked(sent);
	if (typeof entry === "string") return entry.trim() === "" ? null : { text: entry };
	if (Array.isArray(entry)) {
		const [first, score] = entry;
		return entry.length === 2 && typeof score === "number" && !Array.isArray(first)
			? withScore(documentOf(first), score)
			: null;
	}
	return isRecord(entry) ? documentIn(entry) : null;
}

function documentIn(outer: JsonRecord): RetrievalDocument | null {
	const inner = INNER_KEYS.map((key) => outer[key]).find(isRecord) ?? outer;
	const read = <T>(get: (record: JsonRecord) => T | undefined): T | undefined => get(inner) ?? get(outer);
	const sent = read((record) => metadataOf(record));
	const own = read((record) => firstTextOf(record, ID_KEYS));
	const lifted = own === undefined && sent ? firstTextOf(sent, ["id"]) : undefined;
	const id = own ?? lifted ?? read((record) => firstTextOf(record, ["index"]));
	const score = read((record) => numberOf(firstOf(record, SCORE_KEYS)));
	const text = read(textOf);
	const metadata = lifted === undefined ? sent : sent && without(sent, "id");
	const document: RetrievalDocument = {};
	if (id !== undefined) document.id = id;
	if (score !== undefined) document.score = score;
	if (text !== undefined) document.text = text;
	if (metadata && Object.keys(metadata).length > 0) document.metadata = metadata;
	return Object.keys(document).length === 0 ? null : document;
}

function metadataOf(record: JsonRecord): JsonRecord | undefined {
	const metadata = unpacked(firstOf(record, METADATA_KEYS));
	return isRecord(metadata) ? metadata : undefined;
}

function textOf(record: JsonRecord): string | undefined {
	const text = firstOf(record, TEXT_KEYS);
	return typeof text === "string" && text !== "" ? text : undefined;
}

function withScore(document: RetrievalDocument | null, score: number): RetrievalDocument | null {
	return document && { ...document, score };
}

/** A finite number, or text that is one. */
function numberOf(value: unknown): number | undefined {
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function without(record: JsonRecord, left: string): JsonRecord {
	return Object.fromEntries(Object.entries(record).filter(([key]) => key !== left));
}
