import { expect, it } from "vitest";
import { findStarter, GALLERY } from "@/lib/rules/gallery";
import { RuleBody } from "@/lib/rules/rule-body";

it.each(GALLERY)("$id is a rule that can be saved as it is, but for the connection of a model judge", ({ body }) => {
	const connectionId = body.evaluator.kind === "llm_judge" ? "0190a5a0-0000-7000-8000-000000000001" : null;
	const { data, error } = RuleBody.safeParse({ ...body, connectionId });
	expect(error?.issues).toBeUndefined();
	expect(data).toMatchObject({ name: body.name, target: body.target, evaluator: body.evaluator });
});

it("has about ten starters, each with an id, a name and an evaluator of its own", () => {
	expect(GALLERY.length).toBeGreaterThanOrEqual(10);
	for (const key of ["id", "title"] as const)
		expect(new Set(GALLERY.map((starter) => starter[key])).size).toBe(GALLERY.length);
	for (const key of ["name", "evaluatorName"] as const) {
		expect(new Set(GALLERY.map(({ body }) => body[key])).size).toBe(GALLERY.length);
	}
});

it("has a starter of every kind and for both targets", () => {
	expect(new Set(GALLERY.map(({ body }) => body.evaluator.kind))).toEqual(new Set(["llm_judge", "assertion", "code"]));
	expect(new Set(GALLERY.map(({ body }) => body.target))).toEqual(new Set(["SPAN", "TRACE"]));
});

it("findStarter() finds none under a name it does not have", () => {
	expect(findStarter("tone")?.title).toBe("Polite tone");
	expect(findStarter("")).toBeNull();
	expect(findStarter("constructor")).toBeNull();
});

it("the code for invented links tells a known link from one that was never given", () => {
	const { body } = findStarter("links") ?? {};
	const source = body?.evaluator.kind === "code" ? body.evaluator.source : "";
	const evaluate: (span: { input: string | null; output: string }) => { score: number; reason: string } = new Function(
		`${source}\nreturn evaluate;`,
	)();
	const input = "See https://shop.example/returns.";
	expect(evaluate({ input, output: "It is at (https://shop.example/returns)." }).score).toBe(1);
	expect(evaluate({ input, output: "No link." }).score).toBe(1);
	expect(evaluate({ input, output: "It is at https://shop.example/refunds!" })).toEqual({
		score: 0,
		reason: "Not in the input: https://shop.example/refunds",
	});
	expect(evaluate({ input: null, output: "https://a.example" }).score).toBe(0);
});

it("the code for tool calls counts those that failed or were made again", () => {
	const { body } = findStarter("tool-calls") ?? {};
	const source = body?.evaluator.kind === "code" ? body.evaluator.source : "";
	const evaluate: (trace: { spans: object[] }) => { score: number; reason: string } = new Function(
		`${source}\nreturn evaluate;`,
	)();
	const tool = (name: string, input: string | null, status = "ok") => ({ kind: "tool", name, input, status });
	const chat = { kind: "llm", name: "chat", input: "x", status: "error" };
	expect(
		evaluate({ spans: [chat, tool("find", "a"), tool("find", "b"), tool("read", null), tool("read", null)] }),
	).toEqual({
		score: 1,
		reason: "4 tool calls",
	});
	expect(
		evaluate({ spans: [tool("find", "a"), tool("find", "a"), tool("pay", "1", "error"), tool("read", "c")] }),
	).toEqual({
		score: 0.5,
		reason: "4 tool calls; failed: pay; made again with the same input: find",
	});
	expect(evaluate({ spans: [chat] }).score).toBe(1);
});
