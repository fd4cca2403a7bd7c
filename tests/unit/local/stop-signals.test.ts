import { EventEmitter } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { onParentGone, onStopSignals } from "@/lib/local/stop-signals";

function listener() {
	const source = new EventEmitter();
	const calls: string[] = [];
	let time = 0;
	onStopSignals(source, { stop: () => calls.push("stop"), force: () => calls.push("force") }, () => time);
	return {
		calls,
		at(ms: number, signal: string) {
			time = ms;
			source.emit(signal);
		},
	};
}

describe("onStopSignals()", () => {
	it("takes the same Ctrl-C from terminal and npm as one", () => {
		const { calls, at } = listener();
		at(0, "SIGINT");
		at(4, "SIGINT");
		at(290, "SIGTERM");
		expect(calls).toEqual(["stop"]);
	});

	it("forces the end at a second, later signal", () => {
		const { calls, at } = listener();
		at(0, "SIGINT");
		at(900, "SIGINT");
		expect(calls).toEqual(["stop", "force"]);
	});

	it.each(["SIGINT", "SIGTERM", "SIGHUP"])("stops at %s", (signal) => {
		const { calls, at } = listener();
		at(0, signal);
		expect(calls).toEqual(["stop"]);
	});
});

describe("onParentGone()", () => {
	it("stops once when another process has become the parent", () => {
		vi.useFakeTimers();
		let parent = 100;
		const stop = vi.fn();
		onParentGone(stop, () => parent);
		vi.advanceTimersByTime(5000);
		expect(stop).not.toHaveBeenCalled();
		parent = 1;
		vi.advanceTimersByTime(5000);
		expect(stop).toHaveBeenCalledOnce();
		vi.useRealTimers();
	});
});
