import { type ActionResult, invalidForm } from "@/app/_ui/action-result";
import { typedNumber } from "@/app/_ui/typed-number";
import { isAppError } from "@/lib/errors";
import { parseJson } from "@/lib/json";
import type { RuleInput } from "@/lib/rules/rule";
import { RuleBody } from "@/lib/rules/rule-body";

/** What the form calls the names of the API. */
const WORDS = {
	maxScore: "the highest score",
	settleSecondsMax: "the longest wait",
	"a UUID": "one of the connections",
};

export type ReadRule = { input: RuleInput; refusal: null } | { input: null; refusal: ActionResult };

/** A rule's form as RuleInput, or what is wrong with which of its fields. An empty number is one that was not given. */
export function parseRule(form: FormData): ReadRule {
	const fields = new FormFields(form);
	const evaluator = readEvaluator(fields);
	const asksModel = evaluator.kind === "llm_judge";
	const percent = fields.number("sampleRate");
	const body = RuleBody.safeParse({
		name: fields.text("name"),
		enabled: form.has("enabled"),
		filter: fields.text("filter"),
		target: fields.text("target"),
		settleSeconds: fields.number("settleSeconds"),
		settleSecondsMax: fields.number("settleSecondsMax"),
		// Percent have decimals that a share would get wrong: 7 % is 0.07.
		sampleRate: percent === null ? null : Number((percent / 100).toPrecision(12)),
		dailyBudgetUsd: fields.number("dailyBudgetUsd"),
		dailyBudgetCount: fields.number("dailyBudgetCount"),
		priority: fields.number("priority"),
		evaluatorName: fields.text("evaluatorName"),
		evaluator,
		connectionId: asksModel ? fields.text("connectionId") || null : null,
		minScore: fields.number("minScore"),
		maxScore: fields.number("maxScore"),
		threshold: fields.number("threshold"),
	});
	if (body.success) return { input: body.data, refusal: null };
	const refusal = invalidForm(body.error, WORDS);
	return {
		input: null,
		refusal: refusal.ok ? refusal : { ...refusal, fields: renamed(refusal.fields ?? {}, fields) },
	};
}

class FormFields {
	constructor(private readonly form: FormData) {}

	text(name: string): string {
		// Forms send line ends as CR LF.
		return String(this.form.get(name) ?? "").replaceAll("\r\n", "\n");
	}

	number(name: string): number | null {
		return typedNumber(this.text(name));
	}

	has(name: string): boolean {
		return this.form.has(name);
	}
}

function readEvaluator(fields: FormFields): { kind: string; [setting: string]: unknown } {
	const kind = fields.text("evaluator.kind");
	switch (kind) {
		case "assertion":
			return { kind, assertion: readAssertion(fields) };
		case "code":
			return { kind, source: fields.text("evaluator.source") };
		default: {
			const template = fields.text("evaluator.template");
			return {
				kind,
				criteria: fields.text("evaluator.criteria"),
				template: template.trim() === "" ? null : template,
			};
		}
	}
}

function readAssertion(fields: FormFields): unknown {
	const type = fields.text("evaluator.assertion.type");
	switch (type) {
		case "contains":
		case "not_contains":
		case "equals":
			return {
				type,
				value: fields.text("evaluator.assertion.value"),
				ignoreCase: fields.has("evaluator.assertion.ignoreCase"),
				...(type === "equals" && { trim: fields.has("evaluator.assertion.trim") }),
			};
		case "matches_regex":
			return {
				type,
				pattern: fields.text("evaluator.assertion.pattern"),
				flags: fields.text("evaluator.assertion.flags").trim(),
			};
		case "max_length":
			return { type, value: fields.number("evaluator.assertion.length") };
		case "matches_schema":
			return { type, schema: readJson(fields.text("evaluator.assertion.schema")) };
		default:
			return { type };
	}
}

/** What is no JSON stays text, which no schema is: `renamed` says why. */
function readJson(text: string): unknown {
	try {
		return parseJson(text, "schema");
	} catch {
		return text;
	}
}

/** The mistakes by the names of the form's fields, where those are not RuleBody's. */
function renamed(mistakes: Record<string, string>, fields: FormFields): Record<string, string> {
	const out: Record<string, string> = {};
	for (const [path, message] of Object.entries(mistakes)) {
		if (path === "sampleRate") out[path] = "Must be more than 0 and at most 100.";
		else if (path === "criteria") out["evaluator.criteria"] = message;
		else if (path === "evaluator.assertion.value" && fields.text("evaluator.assertion.type") === "max_length") {
			out["evaluator.assertion.length"] = "Must be a whole number of at least 1.";
		} else if (path.startsWith("evaluator.assertion.schema")) {
			out["evaluator.assertion.schema"] ??= schemaMistake(fields.text("evaluator.assertion.schema")) ?? message;
		} else out[path] = message;
	}
	return out;
}

function schemaMistake(text: string): string | null {
	try {
		parseJson(text, "schema");
		return null;
	} catch (error) {
		return isAppError(error) ? `${error.publicMessage}.` : null;
	}
}
