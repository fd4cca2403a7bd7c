import { describe, expect, it } from "vitest";
import { decideSuccess } from "@/lib/judge/decide-success";
import { parseVerdict } from "@/lib/judge/parse-verdict";

const GOOD = { score: 0.7, reason: "clear", parseFailed: false };
const JSON_TEXT = '{"score": 0.7, "reason": "clear"}';

describe("parseVerdict()", () => {
	it.each([
		["bare", JSON_TEXT],
		["with blanks around", `\n  ${JSON_TEXT}\n\n`],
		["in a json fence", `\`\`\`json\n${JSON_TEXT}\n\`\`\``],
		["in a plain fence", `\`\`\`\n${JSON_TEXT}\n\`\`\``],
		["in a fence with carriage returns", `\`\`\`JSON\r\n${JSON_TEXT}\r\n\`\`\`\r\n`],
		["in a fence on one line", `\`\`\`json ${JSON_TEXT}\n\`\`\``],
		["behind prose", `Here you are: ${JSON_TEXT}`],
		["before prose", `${JSON_TEXT}\n\nHope this {helps}!`],
		["in a fence between prose", `My verdict:\n\n\`\`\`json\n${JSON_TEXT}\n\`\`\`\n\nThat is all.`],
		["behind braces that are no JSON", `The set {a, b} and {"x" are fine. ${JSON_TEXT}`],
		["behind JSON without a score", `The tool said {"result": {"score": 0.1}}, so: ${JSON_TEXT}`],
		["before a second verdict", `${JSON_TEXT} or perhaps {"score": 0.1}`],
		["behind thoughts", `<think>At first {"score": 0.1}, but no.</think>\n${JSON_TEXT}`],
		["with more members", '{"score": 0.7, "reason": "clear", "confidence": 1}'],
	])("reads JSON %s", (_, answer) => {
		expect(parseVerdict(answer)).toEqual(GOOD);
	});

	it("takes braces and quotes within strings for text", () => {
		const reason = 'it says "}" and {"score": 1} \\ and {';
		const answer = `So: ${JSON.stringify({ score: 0.2, reason })} {`;
		expect(parseVerdict(answer)).toEqual({ score: 0.2, reason, parseFailed: false });
	});

	it("comes to an end with a text full of braces", () => {
		for (const text of ["{".repeat(200_000), "{}".repeat(200_000), '{"'.repeat(200_000)]) {
			expect(parseVerdict(`so ${text}`)).toMatchObject({ score: 0, parseFailed: true });
		}
	});

	it("keeps a score outside the range as it is", () => {
		for (const score of [-3, 0, 11, 1e6]) expect(parseVerdict(`{"score":${score}}`).score).toBe(score);
	});

	it("says so when there is no reason, or none in text", () => {
		for (const answer of ['{"score":1}', '{"score":1,"reason":null}', '{"score":1,"reason":["x"]}']) {
			expect(parseVerdict(answer)).toEqual({ score: 1, reason: "No reason provided.", parseFailed: false });
		}
	});

	it.each(["", "I think it is 0.9", 'So: {"score": "0.7"}', '{"score": 0.7', "{'score': 0.7}", "```json\n```"])(
		"gives an answer that holds no verdict in JSON score 0 and its beginning as the reason: %j",
		(answer) => {
			const verdict = parseVerdict(answer);
			expect(verdict).toMatchObject({ score: 0, parseFailed: true });
			expect(verdict.reason).toBe(`Failed to parse judge response: ${answer.trim()}`);
		},
	);

	it.each(["{}", '{"score":"0.7"}', '{"score":null}', '{"score":[1]}', '{"score":1e999}', "null", "0.7", "[]", '"x"'])(
		"gives an answer without a numeric score 0: %j",
		(answer) => {
			const verdict = parseVerdict(answer);
			expect(verdict).toMatchObject({ score: 0, parseFailed: true });
			expect(verdict.reason).toBe(`Judge response missing numeric score: ${answer}`);
		},
	);

	it("quotes at most 200 characters", () => {
		expect(parseVerdict("x".repeat(10_000)).reason.length).toBeLessThan(250);
	});
});

describe("decideSuccess()", () => {
	const scored = (score: number) => ({ ...GOOD, score });

	it("passes without a threshold and at or above it", () => {
		expect([
			decideSuccess(scored(-1), null),
			decideSuccess(scored(0.5), 0.5),
			decideSuccess(scored(0.51), 0.5),
		]).toEqual([true, true, true]);
		expect([decideSuccess(scored(0.49), 0.5), decideSuccess(scored(0), 0)]).toEqual([false, true]);
	});

	it("never passes an unreadable answer, whatever the threshold", () => {
		for (const threshold of [null, 0, -1]) expect(decideSuccess(parseVerdict("garbage"), threshold)).toBe(false);
	});
});
