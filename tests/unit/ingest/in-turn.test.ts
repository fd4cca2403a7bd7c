import { describe, expect, it } from "vitest";
import { inTurn } from "@/lib/ingest/in-turn";

/** Keeps the thread busy for longer than a slice. */
function work(ms = 6): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}

describe("inTurn()", () => {
	it("lets the event loop go on between pieces of long work, in the order they came", async () => {
		const seen: string[] = [];
		let turns = 0;
		const watch = () => {
			turns += 1;
			if (seen.length < 5) setImmediate(watch);
		};
		setImmediate(watch);
		const piece = (name: string) => () => {
			work();
			seen.push(name);
		};
		await Promise.all(["a", "b", "c", "d", "e"].map((name) => inTurn(piece(name))));
		expect(seen).toEqual(["a", "b", "c", "d", "e"]);
		expect(turns).toBeGreaterThanOrEqual(3);
	});

	it("does short work at once", () => {
		let done = 0;
		return new Promise<void>((resolve) =>
			setImmediate(() => {
				for (let piece = 0; piece < 20; piece++) void inTurn(() => done++);
				expect(done).toBe(20);
				resolve();
			}),
		);
	});

	it("tells whoever asked what failed, and goes on", async () => {
		const failed = inTurn(() => {
			throw new Error("unreadable");
		});
		await expect(failed).rejects.toThrow("unreadable");
		expect(await inTurn(() => 7)).toBe(7);
	});
});
