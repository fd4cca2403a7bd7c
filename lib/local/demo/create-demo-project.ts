import { type Api, callApi } from "@/lib/local/demo/call-api";
import { JUDGE_NAME } from "@/lib/local/demo/scripted-judge";
import { MODEL_NAME } from "@/lib/local/demo/scripted-model";

export const DEMO_PROJECT = "demo-support-agent";

export const RULES = [
	{
		name: "Promises only what the policies say",
		matchType: "ATTRIBUTE",
		matchKey: "openinference.span.kind",
		matchValue: "AGENT",
		evaluatorName: "policy-promises",
		criteria:
			"The answer promises nothing beyond the shop's policies: 30 days for returns of unused goods, refunds to the original payment method within 5 working days, express delivery for 9.90, a two-year warranty on tents and backpacks.",
		threshold: 0.7,
	},
	{
		name: "Helps and stays on topic",
		matchType: "ATTRIBUTE",
		matchKey: "openinference.span.kind",
		matchValue: "AGENT",
		evaluatorName: "helpfulness",
		criteria:
			"The answer is about the customer's question, settles it where that is possible, and says what to do next.",
		minScore: 1,
		maxScore: 5,
		threshold: 4,
	},
	{
		name: "Keeps internal notes internal",
		matchType: "SPAN_NAME",
		// The name that the instrumentation of the OpenAI SDK gives to its spans.
		matchValue: "OpenAI Chat Completions",
		evaluatorName: "no-internal-notes",
		criteria: "The output contains no internal note: nothing that staff wrote for staff reaches the customer.",
		threshold: 0.9,
	},
];

/** Creates the demo's project with its judge and rules. Returns the id of the project. */
export async function createDemoProject(api: Api, judgeUrl: string): Promise<string> {
	const projectId = await callApi(api, "/api/v1/projects", { name: DEMO_PROJECT });
	const connectionId = await callApi(api, "/api/v1/llm-connections", {
		name: `${JUDGE_NAME} of the demo`,
		baseUrl: judgeUrl,
		model: JUDGE_NAME,
		protocol: "RESPONSES",
		apiKey: "scripted-no-key-needed",
	});
	// No public list knows the scripted model: without a price of the project's own its cost would be unknown.
	await callApi(api, `/api/v1/projects/${projectId}/price-overrides`, {
		modelPattern: MODEL_NAME,
		inputPerMillion: 2.5,
		outputPerMillion: 10,
	});
	for (const rule of RULES) {
		await callApi(api, `/api/v1/projects/${projectId}/trace-eval-rules`, { ...rule, connectionId });
	}
	return projectId;
}
