import type OpenAI from "openai";
import type { AnswerForm, AnswerSchema } from "@/lib/llm/answer-form";

/** One question to a model, in whatever protocol. */
export interface Question {
	model: string;
	prompt: string;
	form: AnswerForm;
	/** What the answer must be; unused by TEXT. */
	schema: AnswerSchema;
}

type ResponsesBody = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type ChatBody = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

const TOOL_DESCRIPTION = "Gives the answer.";

/** The body of a Responses call. In the form TEXT it says model and prompt and nothing else, as Dokimos documents it. */
export function responsesBody({ model, prompt, form, schema: { name, schema } }: Question): ResponsesBody {
	const body: ResponsesBody = {
		model,
		input: [{ type: "message", role: "user", content: [{ type: "input_text", text: prompt }] }],
	};
	switch (form) {
		case "JSON_SCHEMA":
			return { ...body, text: { format: { type: "json_schema", name, schema, strict: true } } };
		case "TOOL_CALL": {
			const tool = { type: "function", name, description: TOOL_DESCRIPTION, parameters: schema, strict: true } as const;
			return { ...body, tools: [tool], tool_choice: { type: "function", name } };
		}
		case "TEXT":
			return body;
	}
}

/** The same of a Chat Completions call. Tools are not `strict` here: servers that know no schemas mostly refuse the word. */
export function chatBody({ model, prompt, form, schema: { name, schema } }: Question): ChatBody {
	const body: ChatBody = { model, messages: [{ role: "user", content: prompt }] };
	switch (form) {
		case "JSON_SCHEMA":
			return { ...body, response_format: { type: "json_schema", json_schema: { name, schema, strict: true } } };
		case "TOOL_CALL": {
			const tool = { name, description: TOOL_DESCRIPTION, parameters: schema };
			return {
				...body,
				tools: [{ type: "function", function: tool }],
				tool_choice: { type: "function", function: { name } },
			};
		}
		case "TEXT":
			return body;
	}
}
