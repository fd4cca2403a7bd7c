import type { InngestFunction } from "inngest";
import { describe, expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import { provideEngineBed, startTestEngine } from "./engine-bed";

provideEngineBed();

type Options = Parameters<ReturnType<typeof inngest>["createFunction"]>[0];

const make = (options: Partial<Options>): InngestFunction.Any =>
	inngest().createFunction({ id: "asks", triggers: [{ event: "test/asks" }], ...options } as Options, async () => {});

describe("the engine refuses to start, naming function and option, when a function asks for", () => {
	const cases: [string, Partial<Options>][] = [
		["batchEvents", { batchEvents: { maxSize: 5, timeout: "5s" } }],
		["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
		["throttle", { throttle: { limit: 1, period: "1m" } }],
		["debounce", { debounce: { period: "1m" } }],
		["priority", { priority: { run: "100" } }],
		["singleton", { singleton: { mode: "skip" } }],
		["idempotency", { idempotency: "event.data.id" }],
		["timeouts", { timeouts: { start: "1m" } }],
		["cancel", { cancelOn: [{ event: "test/cancel" }] }],
		["concurrency", { concurrency: { limit: 1, scope: "env", key: '"shared"' } }],
		["the event inngest/function.finished", { triggers: [{ event: "inngest/function.finished" }] }],
		["the event test/*", { triggers: [{ event: "test/*" }] }],
		["the trigger option jitter", { triggers: [{ cron: "0 * * * *", jitter: "10s" } as { cron: string }] }],
	];
	test.each(cases)("%s", async (option, options) => {
		await expect(startTestEngine([make(options)])).rejects.toThrow(
			new RegExp(`Function spanwise-asks: the embedded engine does not support ${option.replaceAll("*", "\\*")}`),
		);
	});

	test.each([
		["concurrency key", { concurrency: { limit: 1, key: "event.data." } }],
		["if", { triggers: [{ event: "test/asks", if: "event.data.x ==" }] }],
		["cron", { triggers: [{ cron: "61 * * * *" }] }],
	] as [string, Partial<Options>][])("an unreadable %s", async (option, options) => {
		await expect(startTestEngine([make(options)])).rejects.toThrow(
			new RegExp(`spanwise-asks: .*${option} .*cannot be read`),
		);
	});
});
