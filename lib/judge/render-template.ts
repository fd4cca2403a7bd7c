import { openFence } from "@/lib/judge/fence";
import { inputOf, inStartOrder, type Judged, modelOf, outputOf } from "@/lib/judge/judged";
import type { TemplatePart } from "@/lib/judge/parse-template";
import type { SpanField, TemplateVariable } from "@/lib/judge/template-variable";
import { type ScoreRange, verdictRequest } from "@/lib/judge/verdict-request";
import { anyValueText } from "@/lib/span/any-value";
import { metadataText } from "@/lib/span/metadata-text";
import { mergedAttributes, type Span } from "@/lib/span/span";

/** What a rule and an evaluation say beside the template. */
interface Rule extends ScoreRange {
	/** As of `renderPrompt`. */
	evaluationId: string;
	criteria: string;
}

/** The prompt, or the variables that have nothing to say, as the template writes them. */
export type RenderedTemplate = { text: string; missing: null } | { text: null; missing: string[] };

/**
 * A template filled with what is judged. Texts of spans stand between markers; what the markers mean, the wanted range and the
 * form of the answer follow at the end, whatever the template says of them. A variable without text, or with nothing but
 * blanks, is missing: a judge that is shown nothing would judge nothing.
 */
export function renderTemplate(parts: readonly TemplatePart[], judged: Judged, rule: Rule): RenderedTemplate {
	const texts = new Map<string, string>();
	const missing = new Set<string>();
	for (const part of parts) {
		if ("text" in part) continue;
		const text = textOf(part.variable, judged, rule);
		if (text?.trim()) texts.set(part.written, text);
		else missing.add(part.written);
	}
	if (missing.size > 0) return { text: null, missing: [...missing] };
	const fence = openFence(rule.evaluationId, [...texts.values()]);
	const filled = parts.map((part) => {
		if ("text" in part) return part.text;
		const text = texts.get(part.written) ?? "";
		return part.variable.of === "rule" ? text : fence.around(part.written, text);
	});
	const fenced = parts.some((part) => "variable" in part && part.variable.of !== "rule");
	const text = [filled.join(""), "", ...(fenced ? [fence.notice] : []), verdictRequest(rule)].join("\n");
	return { text, missing: null };
}

function textOf(variable: TemplateVariable, { span, trace }: Judged, rule: Rule): string | null {
	switch (variable.of) {
		case "rule":
			return { criteria: rule.criteria, min_score: `${rule.minScore}`, max_score: `${rule.maxScore}` }[variable.name];
		case "trace":
			return trace[variable.name];
		case "span": {
			const { spanName, field } = variable;
			const named = spanName === null ? span : inStartOrder(trace.spans).find(({ name }) => name === spanName);
			return named ? fieldText(named, field) : null;
		}
	}
}

function fieldText(span: Span, field: SpanField): string | null {
	switch (field.name) {
		case "input":
			return inputOf(span);
		case "output":
			return outputOf(span);
		case "name":
			return span.name;
		case "model":
			return modelOf(span);
		case "attribute": {
			const value = mergedAttributes(span).get(field.key);
			return value === undefined ? null : anyValueText(value);
		}
		case "metadata": {
			const metadata = span.metadata ?? {};
			return Object.hasOwn(metadata, field.key) ? (metadataText(metadata[field.key]) ?? null) : null;
		}
	}
}
