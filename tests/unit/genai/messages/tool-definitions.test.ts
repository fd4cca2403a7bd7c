import { describe, expect, it } from "vitest";
import { toolDefinitions } from "@/lib/genai/messages/tool-definitions";

const parameters = { type: "object", properties: { city: { type: "string" } } };
const full = { name: "weather", description: "Says", parameters };

const SPELLINGS: unknown[] = [
	{ type: "function", name: "weather", description: "Says", parameters },
	{ type: "function", function: full },
	{ type: "function", name: "weather", description: "Says", inputSchema: parameters },
	{ name: "weather", description: "Says", input_schema: parameters },
	{ name: "weather", description: "Says", parameters: JSON.stringify(parameters) },
	{ name: "weather", description: "Says", inputSchema: { jsonSchema: parameters } },
	{ toolSpec: { name: "weather", description: "Says", inputSchema: { json: parameters } } },
	{ function_declarations: [full] },
	{ functionDeclarations: [{ name: "weather", description: "Says", parametersJsonSchema: parameters }] },
	{ type: "haystack.tools.tool.Tool", data: full },
	{ lc: 1, kwargs: { name: "weather", description: "Says", args_schema: parameters } },
	{ tool: { json_schema: JSON.stringify({ type: "function", function: full }) } },
	{ json_schema: { type: "function", function: full } },
];

describe("toolDefinitions()", () => {
	it("reads every spelling, as an object and as JSON text of one", () => {
		for (const spelling of SPELLINGS) {
			const text = JSON.stringify(spelling);
			for (const list of [[spelling], [text], `[${text}]`, { tools: [spelling] }, [[spelling]]]) {
				expect(toolDefinitions(list), text).toStrictEqual([full]);
			}
		}
		expect(toolDefinitions({ function_tools: [full], output_tools: [] })).toStrictEqual([full]);
		expect(toolDefinitions({ weather: { description: "Says", parameters } })).toStrictEqual([full]);
	});

	it("reads names alone, and what the provider runs itself", () => {
		expect(toolDefinitions('["calc", "search"]')).toStrictEqual([{ name: "calc" }, { name: "search" }]);
		expect(toolDefinitions([{ type: "web_search" }, { google_search: {} }])).toStrictEqual([
			{ name: "web_search" },
			{ name: "google_search" },
		]);
		expect(toolDefinitions([{ name: "x", parameters: {} }])).toStrictEqual([{ name: "x", parameters: {} }]);
	});

	it("is null when there are none", () => {
		for (const nothing of [null, undefined, "", "calc", "[]", [], {}, 3, [null], { type: "auto" }, [""], "[cut"]) {
			expect(toolDefinitions(nothing), JSON.stringify(nothing)).toBeNull();
		}
	});
});
