import { describe, expect, it } from "vitest";
import { together } from "@/lib/together";

/** A look-up that ends when told, with the keys of each call. */
function heldLookUp() {
	const calls: { keys: readonly string[]; end: (error?: Error) => void }[] = [];
	const ask = together<string, string>(
		(keys) =>
			new Promise((resolve, reject) => {
				const end = (error?: Error) =>
					error ? reject(error) : resolve(new Map(keys.map((key) => [key, `${key} of call ${calls.length}`])));
				calls.push({ keys, end });
			}),
	);
	return { ask, calls };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe("together()", () => {
	it("asks once for the keys of everybody who asks at once", async () => {
		const { ask, calls } = heldLookUp();
		const answers = Promise.all([ask(["a", "b"]), ask(["b", "c"])]);
		await turn();
		expect(calls.map(({ keys }) => keys)).toEqual([["a", "b", "c"]]);
		calls[0]?.end();
		const [first, second] = await answers;
		expect([first.get("a"), second.get("c")]).toEqual(["a of call 1", "c of call 1"]);
	});

	it("starts no call before the one that runs has ended, and asks anew for a key that was asked for meanwhile", async () => {
		const { ask, calls } = heldLookUp();
		const early = ask(["a"]);
		await turn();
		const late = ask(["a"]);
		await turn();
		expect(calls).toHaveLength(1);
		calls[0]?.end();
		expect((await early).get("a")).toBe("a of call 1");
		await turn();
		calls[1]?.end();
		expect((await late).get("a")).toBe("a of call 2");
	});

	it("tells everybody when a call fails, and goes on with the next", async () => {
		const { ask, calls } = heldLookUp();
		const failed = Promise.allSettled([ask(["a"]), ask(["b"])]);
		await turn();
		const next = ask(["c"]);
		calls[0]?.end(new Error("gone"));
		expect((await failed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
		await turn();
		calls[1]?.end();
		expect((await next).get("c")).toBe("c of call 2");
	});
});
