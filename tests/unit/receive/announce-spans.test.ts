import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announceSpans } from "@/lib/receive/announce-spans";

describe("announceSpans()", () => {
	let published: string[] = [];
	const publish = async (projectId: string) => {
		published.push(projectId);
	};
	const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

	beforeEach(() => {
		vi.useFakeTimers();
		published = [];
	});
	afterEach(async () => {
		await seconds(10);
		vi.useRealTimers();
	});

	it("tells of the first spans at once, and of each project by itself", async () => {
		await announceSpans(["a", "b"], publish);
		expect(published).toEqual(["a", "b"]);
	});

	it("tells of a stream once a second, and of its last span", async () => {
		for (let tenth = 0; tenth < 25; tenth++) {
			void announceSpans(["a"], publish);
			await seconds(0.1);
		}
		expect(published).toHaveLength(3);
		await seconds(10);
		expect(published).toHaveLength(4);
		await announceSpans(["a"], publish);
		expect(published).toHaveLength(5);
	});

	it("resolves when the announcement is made that covers the spans", async () => {
		await announceSpans(["a"], publish);
		let covered = false;
		const later = announceSpans(["a"], publish).then(() => {
			covered = true;
		});
		await seconds(0.9);
		expect([covered, published.length]).toEqual([false, 1]);
		await seconds(0.2);
		await later;
		expect(published).toHaveLength(2);
	});
});
