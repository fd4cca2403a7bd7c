import { describe, expect, it } from "vitest";
import { balanceBooks, type Findings } from "@/lib/accounting/balance-books";

const [FIRST, SECOND] = [60_000, 120_000];

/** Two minutes of two projects: ten arrivals of eight spans, three rejections, four in flight. */
function findings(missing: Findings["missing"]): Findings {
	return {
		arrived: {
			minutes: new Map([
				[FIRST, { arrivals: 6, spans: 5 }],
				[SECOND, { arrivals: 4, spans: 3 }],
			]),
			projects: new Map([
				["shop", { arrivals: 7, spans: 6 }],
				["", { arrivals: 3, spans: 2 }],
			]),
			projectOfHash: new Map([
				["77", "shop"],
				["11", ""],
			]),
			doors: new Map(),
		},
		rejected: {
			minutes: new Map([
				[FIRST, new Map([["no id", 1]])],
				[
					SECOND,
					new Map([
						["no id", 1],
						["bad", 1],
					]),
				],
			]),
			projects: new Map([
				[
					"shop",
					new Map([
						["no id", 2],
						["bad", 1],
					]),
				],
			]),
		},
		inFlight: { minutes: new Map([[SECOND, 4]]), projects: new Map([["rag", 4]]) },
		missing,
	};
}

const nothing = { minutes: new Map(), projects: new Map() };

describe("balanceBooks()", () => {
	it("draws up every account by minute, by project and in all", () => {
		expect(balanceBooks(findings({ vanished: nothing, unseen: nothing }))).toEqual({
			total: {
				received: 17,
				stored: 8,
				duplicates: 2,
				rejected: 3,
				inFlight: 4,
				rejectedByReason: { "no id": 2, bad: 1 },
			},
			missing: 0,
			minutes: [
				{
					minute: new Date(FIRST),
					received: 7,
					stored: 5,
					duplicates: 1,
					rejected: 1,
					inFlight: 0,
					rejectedByReason: { "no id": 1 },
				},
				{
					minute: new Date(SECOND),
					received: 10,
					stored: 3,
					duplicates: 1,
					rejected: 2,
					inFlight: 4,
					rejectedByReason: { bad: 1, "no id": 1 },
				},
			],
			projects: [
				{
					projectId: "shop",
					received: 10,
					stored: 6,
					duplicates: 1,
					rejected: 3,
					inFlight: 0,
					rejectedByReason: { "no id": 2, bad: 1 },
				},
				{
					projectId: "rag",
					received: 4,
					stored: 0,
					duplicates: 0,
					rejected: 0,
					inFlight: 4,
					rejectedByReason: {},
				},
				{
					projectId: "",
					received: 3,
					stored: 2,
					duplicates: 1,
					rejected: 0,
					inFlight: 0,
					rejectedByReason: {},
				},
			],
		});
	});

	it("takes what vanished from what is stored, and counts what was never seen as received", () => {
		const books = balanceBooks(
			findings({
				vanished: { minutes: new Map([[FIRST, 2]]), projects: new Map([["77", 2]]) },
				unseen: { minutes: new Map([[0, 5]]), projects: new Map([["gone", 5]]) },
			}),
		);
		expect(books).toMatchObject({ missing: 7, total: { received: 22, stored: 6, duplicates: 2 } });
		expect(books.minutes.map(({ received, stored }) => [received, stored])).toEqual([
			[5, 0],
			[7, 3],
			[10, 3],
		]);
		expect(books.projects.map(({ projectId, stored }) => [projectId, stored])).toEqual([
			["shop", 4],
			["gone", 0],
			["rag", 0],
			["", 2],
		]);
	});

	it("does not say that nothing is missing when nobody looked", () => {
		expect(balanceBooks(findings(null))).toMatchObject({ missing: null, total: { received: 17, stored: 8 } });
	});

	it("keeps a reason that is the name of a property of every object", () => {
		const found = findings(null);
		found.rejected.minutes.set(FIRST, new Map([["__proto__", 3]]));
		const [first] = balanceBooks(found).minutes;
		expect(Object.entries(first?.rejectedByReason ?? {})).toEqual([["__proto__", 3]]);
	});
});
