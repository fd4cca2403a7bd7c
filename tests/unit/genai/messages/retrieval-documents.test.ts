import { describe, expect, it } from "vitest";
import { retrievalDocuments } from "@/lib/genai/messages/retrieval-documents";

const full = { id: "d1", score: 0.9, text: "30 days", metadata: { source: "faq" } };
const metadata = { source: "faq" };

const SPELLINGS: unknown[] = [
	{ id: "d1", score: 0.9, content: "30 days", metadata },
	{ id: "d1", score: "0.9", text: "30 days", metadata: JSON.stringify(metadata) },
	{ id: "d1", relevance_score: 0.9, page_content: "30 days", metadata },
	{ id: "d1", similarity: 0.9, pageContent: "30 days", metadata },
	{ id: "d1", distance: 0.9, document: "30 days", metadata },
	{ id: "d1", score: 0.9, content: "30 days", meta: metadata, embedding: [0.1, 0.2] },
	{ document: { id: "d1", score: 0.9, content: "30 days", metadata } },
	{ score: 0.9, document: { id: "d1", text: "30 days", metadata } },
	{ score: 0.9, node: { id_: "d1", text: "30 days", metadata } },
	[{ id: "d1", page_content: "30 days", metadata }, 0.9],
	{ score: 0.9, page_content: "30 days", metadata: { id: "d1", source: "faq" } },
	{
		score: 0.9,
		id: ["langchain", "Document"],
		kwargs: { page_content: "30 days", metadata: { id: "d1", source: "faq" } },
	},
];

describe("retrievalDocuments()", () => {
	it("reads every spelling, in a list, in JSON text, under a key", () => {
		for (const spelling of SPELLINGS) {
			const text = JSON.stringify(spelling);
			for (const list of [
				[spelling],
				`[${text}]`,
				{ documents: [spelling] },
				{ results: [spelling] },
				{ matches: [spelling] },
			]) {
				expect(retrievalDocuments(list), text).toStrictEqual([full]);
			}
		}
	});

	it("reads texts, ranks, and an id that is all the metadata there is", () => {
		expect(retrievalDocuments(["a", "b"])).toStrictEqual([{ text: "a" }, { text: "b" }]);
		expect(
			retrievalDocuments([
				{ index: 2, relevanceScore: 0.5 },
				{ index: 0, score: 0.1 },
			]),
		).toStrictEqual([
			{ id: "2", score: 0.5 },
			{ id: "0", score: 0.1 },
		]);
		expect(
			retrievalDocuments({ documents: [{ page_content: "30 days", metadata: { id: "d1" }, type: "Document" }] }),
		).toStrictEqual([{ id: "d1", text: "30 days" }]);
		expect(retrievalDocuments([{ id: 7, text: "t", metadata: {} }])).toStrictEqual([{ id: "7", text: "t" }]);
	});

	it("is null when there are none", () => {
		for (const nothing of [
			null,
			undefined,
			"",
			"text",
			"[]",
			[],
			{},
			5,
			[null, "", {}, 4],
			{ documents: [] },
			"[cut",
		]) {
			expect(retrievalDocuments(nothing), JSON.stringify(nothing)).toBeNull();
		}
	});
});
