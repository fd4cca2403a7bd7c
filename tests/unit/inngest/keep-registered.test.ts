import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepRegistered } from "@/inngest/keep-registered";
import { registrationState } from "@/inngest/registration-state";
import { AppError } from "@/lib/errors";

const START = new Date("2026-11-22T10:00:00Z").getTime();
const MINUTE = 60_000;

/**
 * A server that refuses so many times, and a cron that is dead from a moment until so many registrations were taken. Time
 * passes only by waiting.
 */
function openWorld({ refusals = 0, dead = { from: Number.POSITIVE_INFINITY, registrations: 0 } } = {}) {
	const world = {
		now: START,
		tried: [] as number[],
		registered: [] as number[],
		versions: [] as unknown[],
		announced: 0,
	};
	let end = () => {};
	const ended = new Promise<void>((resolve) => {
		end = resolve;
	});
	let until = START;
	let stop: (() => void) | undefined;
	return {
		world,
		/** Lets the keeper live for so many minutes, then ends it. */
		async live(minutes: number): Promise<void> {
			until = START + minutes * MINUTE;
			stop = keepRegistered({
				now: () => new Date(world.now),
				async register(version) {
					world.tried.push(world.now - START);
					if (world.tried.length <= refusals)
						throw new AppError("unavailable", "The Inngest server at test does not answer");
					world.registered.push(world.now - START);
					world.versions.push(version);
				},
				async findLastTick() {
					const alive = world.registered.length >= dead.registrations;
					const last = Math.min(Math.floor(world.now / MINUTE) * MINUTE, alive ? world.now : dead.from);
					return last > START ? new Date(last) : null;
				},
				async onRegistered() {
					world.announced++;
				},
				async wait(ms, signal) {
					world.now += ms;
					if (world.now > until) {
						stop?.();
						end();
					}
					signal.throwIfAborted();
				},
			});
			await ended;
		},
	};
}

describe("keepRegistered()", () => {
	let printed: string[];

	beforeEach(() => {
		printed = [];
		for (const name of ["log", "error"] as const) {
			vi.spyOn(console, name).mockImplementation((line) => void printed.push(String(line).replace(/^\S+ /, "")));
		}
	});
	afterEach(() => vi.restoreAllMocks());

	it("registers once while the cron ticks, and then announces the start", async () => {
		const { world, live } = openWorld();
		await live(30);
		expect(world).toMatchObject({ registered: [0], announced: 1 });
		expect(registrationState()).toBe("registered");
		expect(printed).toEqual(["info inngest: registered attempts=1"]);
	});

	it("tries as often as it takes, with growing pauses up to half a minute, and prints two lines", async () => {
		const { world, live } = openWorld({ refusals: 12 });
		await live(30);
		const pauses = world.tried.slice(1).map((at, index) => at - (world.tried[index] ?? 0));
		expect(pauses.slice(0, 7)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000]);
		expect(Math.max(...pauses)).toBe(30_000);
		expect(world).toMatchObject({ announced: 1, registered: [world.tried.at(-1)] });
		expect(printed).toEqual([
			'warn inngest: not registered yet, trying again reason="The Inngest server at test does not answer"',
			"info inngest: registered attempts=13",
		]);
	});

	it("registers again when no tick came for three minutes, every three minutes, and says once that ticks are back", async () => {
		const { world, live } = openWorld({ dead: { from: START + 5 * MINUTE, registrations: 4 } });
		await live(20);
		const [first = 0, second = 0, third = 0] = world.registered.slice(1);
		expect(first).toBeGreaterThan(8 * MINUTE);
		expect(first).toBeLessThanOrEqual(8.5 * MINUTE);
		for (const pause of [second - first, third - second]) {
			expect(pause).toBeGreaterThan(3 * MINUTE);
			expect(pause).toBeLessThanOrEqual(3.5 * MINUTE);
		}
		expect(world.registered).toHaveLength(4);
		expect(world.announced).toBe(1);
		// Each another one: a server that has a registration already does nothing about it.
		expect([world.versions[0], new Set(world.versions).size]).toEqual([undefined, 4]);
		expect(printed).toEqual([
			"info inngest: registered attempts=1",
			"warn inngest: no cron tick for three minutes, registering again",
			"info inngest: the cron ticks again",
		]);
	});
});
