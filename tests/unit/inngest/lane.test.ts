import { expect, test } from "vitest";
import { compileExpression } from "@/inngest/embedded/expression";
import { openRoom, runLane, sleepLane } from "@/inngest/embedded/lane";
import type { EngineFunction } from "@/inngest/embedded/registration";

const fn: EngineFunction = {
	id: "app-judge",
	events: [],
	crons: [],
	attemptsMax: 1,
	limits: [{ limit: 2, key: compileExpression("event.data.connection") }, { limit: 3 }],
};
const functions = new Map([[fn.id, fn]]);
const event = (connection?: unknown) => ({ id: "e", name: "n", ts: 0, data: { connection } });

test("a lane is the function and the values of its keys, whatever characters they contain", () => {
	expect(runLane(fn, event("a\nb\0"))).toBe('app-judge\n["a\\nb\\u0000",null]');
	expect(runLane(fn, event())).toBe("app-judge\n[null,null]");
	expect(runLane({ ...fn, limits: [] }, event("a"))).toBe("app-judge");
});

test("room is what every limit of a lane leaves", () => {
	const [a, b] = [runLane(fn, event("a")), runLane(fn, event("b"))];
	const room = openRoom(functions, [{ lane: a, count: 1 }]);
	expect([room.left(a), room.left(b)]).toEqual([1, 2]);
	room.take(b);
	expect([room.left(a), room.left(b)]).toEqual([1, 1]);
	room.take(a);
	expect([room.left(a), room.left(b)]).toEqual([0, 0]);
});

test("sleeps and functions without limits always have room", () => {
	const room = openRoom(functions, [{ lane: runLane(fn, event("a")), count: 9 }]);
	expect(room.left(sleepLane(fn.id))).toBe(Number.POSITIVE_INFINITY);
	expect(room.left("app-other")).toBe(Number.POSITIVE_INFINITY);
});

test("a lane from before a limit was added counts for it", () => {
	const room = openRoom(functions, [{ lane: "app-judge", count: 3 }]);
	expect(room.left(runLane(fn, event("a")))).toBe(0);
});
