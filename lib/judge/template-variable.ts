import { didYouMean } from "@/lib/text/nearest-name";

/** A piece of a span that a template may name. */
export type SpanField =
	| { name: "input" | "output" | "name" | "model" }
	/** The key is the whole rest, dots and all. */
	| { name: "attribute" | "metadata"; key: string };

/** What stands between `{{` and `}}`. */
export type TemplateVariable =
	| { of: "rule"; name: "criteria" | "min_score" | "max_score" }
	| { of: "trace"; name: "input" | "output" }
	/** Of the judged span, or of the trace's first span of that name. */
	| { of: "span"; spanName: string | null; field: SpanField };

const SIMPLE: Record<string, TemplateVariable> = {
	criteria: { of: "rule", name: "criteria" },
	min_score: { of: "rule", name: "min_score" },
	max_score: { of: "rule", name: "max_score" },
	"trace.input": { of: "trace", name: "input" },
	"trace.output": { of: "trace", name: "output" },
};
const PLAIN_FIELDS = ["input", "output", "name", "model"] as const;
const KEYED_FIELDS = ["attribute", "metadata"] as const;
const HEADS = [...PLAIN_FIELDS, ...KEYED_FIELDS, "criteria", "min_score", "max_score", "trace", "spans"];
const KNOWN =
	"known are input, output, name, model, attribute.<key>, metadata.<key>, spans.<name>.<field>, trace.input, " +
	"trace.output, criteria, min_score and max_score";

// `spans.retriever.output` or `spans["any name"].output`; the quoted name is a JSON string.
const OF_SPAN = /^spans(?:\.([\w-]+)|\[("(?:[^"\\]|\\.)*")\])\.(.+)$/s;

/**
 * Reads a variable:
 *
 *     variable = "criteria" | "min_score" | "max_score" | "trace.input" | "trace.output" | field | span "." field
 *     field    = "input" | "output" | "name" | "model" | ("attribute" | "metadata") "." key
 *     span     = "spans." name (letters, digits, `_`, `-`) | "spans[" JSON string "]"
 *
 * A key is all that follows its dot. Text: why it is none, with what may have been meant.
 */
export function parseVariable(text: string): TemplateVariable | string {
	if (text === "") return "a variable needs a name";
	if (Object.hasOwn(SIMPLE, text)) return SIMPLE[text] ?? KNOWN;
	const own = parseField(text);
	if (own) return { of: "span", spanName: null, field: own };
	if (/^spans\b/.test(text)) return parseOfSpan(text);
	if (/^(?:attribute|metadata)\.?$/.test(text)) return `\`${text}\` needs a key: ${text.replace(".", "")}.<key>`;
	if (/^trace\b/.test(text)) return `\`${text}\` is not known: of a trace there are trace.input and trace.output`;
	return unknown(text);
}

function parseOfSpan(text: string): TemplateVariable | string {
	const [, plain, quoted, rest = ""] = OF_SPAN.exec(text) ?? [];
	const spanName = plain ?? nameOf(quoted);
	if (!spanName) return `\`${text}\` is not of the form spans.<name>.<field> or spans["<name>"].<field>`;
	const field = parseField(rest);
	if (field) return { of: "span", spanName, field };
	const fields = [...PLAIN_FIELDS, ...KEYED_FIELDS];
	return `\`${rest}\` of a span is not known${didYouMean(headOf(rest), fields) || `: ${fields.join(", ")} are`}`;
}

function parseField(text: string): SpanField | null {
	const plain = PLAIN_FIELDS.find((name) => name === text);
	if (plain) return { name: plain };
	const keyed = KEYED_FIELDS.find((name) => text.startsWith(`${name}.`) && text.length > name.length + 1);
	return keyed ? { name: keyed, key: text.slice(keyed.length + 1) } : null;
}

function nameOf(quoted: string | undefined): string | null {
	try {
		const name: unknown = JSON.parse(quoted ?? "null");
		return typeof name === "string" ? name : null;
	} catch {
		return null;
	}
}

const headOf = (text: string): string => /^[^.[]*/.exec(text)?.[0] ?? "";

function unknown(text: string): string {
	return `\`${text}\` is not known${didYouMean(headOf(text), HEADS) || `: ${KNOWN}`}`;
}
