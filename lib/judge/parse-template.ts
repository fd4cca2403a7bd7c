import { parseVariable, type TemplateVariable } from "@/lib/judge/template-variable";

/** A piece of a template: text as it is, or a variable with the words that it was written in. */
export type TemplatePart = { text: string } | { variable: TemplateVariable; written: string };

export interface TemplateFault {
	/** Index of the character where it begins, from 0. */
	position: number;
	message: string;
}

export type ParsedTemplate = { parts: TemplatePart[]; faults: null } | { parts: null; faults: TemplateFault[] };

const TEMPLATE_CHARS_MAX = 50_000;
// Braces within a quoted name do not end it.
const VARIABLE = /\{\{((?:[^"}]|"(?:[^"\\]|\\.)*"|\}(?!\}))*)\}\}/y;

/**
 * Reads a prompt template: text with variables as `{{output}}`, whose names `parseVariable` tells; blanks around a name count
 * for nothing. `{{{{` stands for `{{` itself; `}}` outside of a variable is text. All faults are told, each with its place.
 */
export function parseTemplate(template: string): ParsedTemplate {
	if (template.trim() === "") return refused([{ position: 0, message: "the template must not be blank" }]);
	if (template.length > TEMPLATE_CHARS_MAX) {
		const message = `the template must not have more than ${TEMPLATE_CHARS_MAX} characters`;
		return refused([{ position: TEMPLATE_CHARS_MAX, message }]);
	}
	const parts: TemplatePart[] = [];
	const faults: TemplateFault[] = [];
	let text = "";
	for (let at = 0; at < template.length; ) {
		const next = template.indexOf("{{", at);
		text += template.slice(at, next < 0 ? undefined : next);
		if (next < 0) break;
		if (template.startsWith("{{{{", next)) {
			text += "{{";
			at = next + 4;
			continue;
		}
		VARIABLE.lastIndex = next;
		const found = VARIABLE.exec(template);
		if (!found) {
			faults.push({ position: next, message: "`{{` has no `}}`; write `{{{{` for the braces themselves" });
			break;
		}
		const written = found[1]?.trim() ?? "";
		const variable = parseVariable(written);
		if (typeof variable === "string") faults.push({ position: next, message: variable });
		else parts.push(...textPart(text), { variable, written });
		text = "";
		at = VARIABLE.lastIndex;
	}
	return faults.length > 0 ? refused(faults) : { parts: [...parts, ...textPart(text)], faults: null };
}

const refused = (faults: TemplateFault[]): ParsedTemplate => ({ parts: null, faults });
const textPart = (text: string): TemplatePart[] => (text === "" ? [] : [{ text }]);
