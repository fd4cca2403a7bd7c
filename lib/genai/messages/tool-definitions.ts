import { firstOf, firstTextOf, isRecord, type JsonRecord, unpacked } from "@/lib/genai/messages/json-value";
import type { ToolDefinition } from "@/lib/span/message";

const DEFINITIONS_MAX = 5000;
const NESTING_MAX = 8;

const NAME_KEYS = ["name", "toolName", "tool_name"];
const DESCRIPTION_KEYS = ["description", "desc"];
const SCHEMA_KEYS = [
	...["parameters", "inputSchema", "input_schema", "parameters_json_schema", "parametersJsonSchema"],
	...["json_schema", "args_schema", "schema"],
];
/** Lists of definitions inside an object. */
const LIST_KEYS = ["tools", "function_declarations", "functionDeclarations", "function_tools", "functions"];
/** The definition inside an object that says little itself. */
const INNER_KEYS = ["function", "toolSpec", "tool", "data", "kwargs", "json_schema"];
/** An object that maps names to definitions has one of these in each. */
const DEFINITION_KEYS = [...DESCRIPTION_KEYS, ...SCHEMA_KEYS];

/**
 * The functions that a model may call, in any provider's spelling: a list of definitions, of names, or of either as JSON
 * text; Gemini's nested lists; an object by name. Null when there are none.
 */
export function toolDefinitions(value: unknown): ToolDefinition[] | null {
	const found: ToolDefinition[] = [];
	collect(value, found, 0);
	return found.length === 0 ? null : found;
}

function collect(sent: unknown, found: ToolDefinition[], level: number): void {
	if (level > NESTING_MAX || found.length >= DEFINITIONS_MAX) return;
	const value = unpacked(sent);
	if (typeof value === "string") {
		// The top of the value is a document; only inside a list is a bare word the name of a tool.
		if (level > 0 && value.trim() !== "") found.push({ name: value });
	} else if (Array.isArray(value)) {
		for (const entry of value) collect(entry, found, level + 1);
	} else if (isRecord(value)) {
		collectRecord(value, found, level);
	}
}

function collectRecord(record: JsonRecord, found: ToolDefinition[], level: number): void {
	const own = definitionOf(record);
	if (own !== null) {
		found.push(own);
		return;
	}
	const lists = LIST_KEYS.filter((key) => record[key] !== undefined && record[key] !== null);
	if (lists.length > 0) {
		for (const key of lists) collect(record[key], found, level + 1);
		return;
	}
	for (const key of INNER_KEYS) {
		const inner = record[key] === undefined ? undefined : unpacked(record[key]);
		if (isRecord(inner)) {
			collectRecord(inner, found, level + 1);
			return;
		}
	}
	const before = found.length;
	for (const [name, entry] of Object.entries(record)) {
		if (!isRecord(entry) || !DEFINITION_KEYS.some((key) => key in entry)) continue;
		found.push(definition(firstTextOf(entry, NAME_KEYS) ?? name, entry));
	}
	if (level === 0 || found.length > before) return;
	// What the provider runs itself has a type and no name, and with Gemini only a key.
	const [only, ...others] = Object.keys(record);
	const name = firstTextOf(record, ["type"]) ?? (others.length === 0 ? only : undefined);
	if (name !== undefined) found.push({ name });
}

function definitionOf(record: JsonRecord): ToolDefinition | null {
	const name = firstTextOf(record, NAME_KEYS);
	if (name === undefined) return null;
	const inner = record.function;
	return definition(name, isRecord(inner) ? { ...inner, ...record } : record);
}

function definition(name: string, record: JsonRecord): ToolDefinition {
	const description = firstTextOf(record, DESCRIPTION_KEYS);
	const schema = schemaOf(unpacked(firstOf(record, SCHEMA_KEYS)));
	const made: ToolDefinition = { name };
	if (description !== undefined) made.description = description;
	if (schema !== undefined) made.parameters = schema;
	return made;
}

/** Bedrock and AI SDK wrap the schema. */
function schemaOf(schema: unknown): unknown {
	if (!isRecord(schema)) return schema;
	const { json, jsonSchema } = schema;
	return isRecord(json) ? json : isRecord(jsonSchema) ? jsonSchema : schema;
}
