import { beforeEach, describe, expect, it } from "vitest";
import { ledger } from "@/lib/accounting/ledger";
import { noteRefusal } from "@/lib/accounting/note-refusal";
import { openArrivals } from "@/lib/accounting/open-arrivals";

const RECEIVED_AT = new Date("2026-03-29T01:30:12.345Z");
const MINUTE_MS = Date.parse("2026-03-29T01:30:00Z");

beforeEach(() => {
	for (const pages of [ledger.doors, ledger.settled, ledger.refusals, ledger.acknowledgements]) pages.clear();
	ledger.entries.clear();
});

const open = (spans: number, projectId = "shop", receivedAt = RECEIVED_AT) =>
	openArrivals(new Map([[projectId, spans]]), receivedAt);

const inFlight = () => [...ledger.doors.values()].map(({ projectId, open, opened }) => [projectId, open, opened]);
const acknowledged = () => [...ledger.acknowledgements.values()].map(({ key, count }) => ({ ...key, count }));
const unsure = () => [...ledger.doors.values()].flatMap((door) => [...door.unsure]);

describe("openArrivals()", () => {
	it("counts by project and millisecond of receipt until the store has the rows", () => {
		const spans = new Map([
			["shop", 3],
			["", 2],
			["none", 0],
		]);
		const arrivals = openArrivals(spans, RECEIVED_AT);
		const later = open(4);
		expect(inFlight()).toEqual([
			["shop", 7, 7],
			["", 2, 2],
		]);
		arrivals.acknowledge();
		expect(inFlight()).toEqual([["shop", 4, 7]]);
		later.acknowledge();
		expect(inFlight()).toEqual([]);
		expect(acknowledged()).toEqual([
			{ projectId: "shop", minuteMs: MINUTE_MS, count: 7 },
			{ projectId: "", minuteMs: MINUTE_MS, count: 2 },
		]);
	});

	it("remembers for a while what a millisecond held, for those that are decoded later", () => {
		open(3).acknowledge();
		open(2);
		expect(inFlight()).toEqual([["shop", 2, 5]]);
	});

	it("does not claim that abandoned spans are not stored, nor that they are", () => {
		open(3).abandon("store unavailable");
		open(2, "shop", new Date(RECEIVED_AT.getTime() + 1)).abandon("attributes[7] unavailable");
		expect(unsure()).toEqual([
			["store unavailable", 3],
			["attributes[] unavailable", 2],
		]);
		expect([acknowledged(), ledger.refusals.size]).toEqual([[], 0]);
	});

	it("takes one end only, and none for nothing", () => {
		const arrivals = open(3);
		arrivals.acknowledge();
		arrivals.acknowledge();
		arrivals.abandon("too late");
		openArrivals(new Map(), RECEIVED_AT).acknowledge();
		expect(acknowledged()).toEqual([{ projectId: "shop", minuteMs: MINUTE_MS, count: 3 }]);
		expect(unsure()).toEqual([]);
	});

	it("takes bounded memory over an endless outage, and loses no count", () => {
		const batches = 30_000;
		for (let batch = 0; batch < batches; batch++) {
			open(2, "shop", new Date(RECEIVED_AT.getTime() + batch)).abandon("store unavailable");
		}
		expect(ledger.doors.size).toBeLessThanOrEqual(10_001);
		expect(ledger.settled.size).toBeLessThanOrEqual(20_000);
		const counted = [...ledger.refusals.values()].reduce((sum, { count }) => sum + count, 0);
		expect(counted + unsure().reduce((sum, [, spans]) => sum + spans, 0)).toBe(2 * batches);
	});
});

describe("noteRefusal()", () => {
	const refusal = (fields: object) =>
		noteRefusal({ status: 401, reason: "wrong key", signal: "traces", sender: "curl", at: RECEIVED_AT, ...fields });
	const total = () => [...ledger.refusals.values()].reduce((sum, { count }) => sum + count, 0);

	it("counts equal ones together", () => {
		for (const status of [401, 401, 400]) refusal({ status });
		expect([...ledger.refusals.values()].map(({ key, count }) => [key.status, key.minuteMs, count])).toEqual([
			[401, MINUTE_MS, 2],
			[400, MINUTE_MS, 1],
		]);
	});

	it("takes bounded memory, whatever the names, reasons and minutes, and loses no count", () => {
		const kinds = 60_000;
		for (let index = 0; index < kinds; index++) {
			const at = new Date(RECEIVED_AT.getTime() + Math.floor(index / 500) * 60_000);
			refusal({ sender: `sender ${index}`, reason: `reason ${index % 700}`, status: 400 + (index % 50), at });
		}
		expect(ledger.refusals.size).toBeLessThanOrEqual(10_001);
		expect(total()).toBe(kinds);
	});
});
