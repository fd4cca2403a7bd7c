/**
 * Which company's service answers, by the name that OpenTelemetry's conventions give it. Senders use six vocabularies;
 * source: the provider lists of semantic-conventions-genai, OpenInference, AI SDK, LangChain, LiteLLM and LiveKit.
 */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
	openai: ["openai"],
	"azure.ai.openai": ["azure.ai.openai", "azure", "azure_openai", "azure-openai", "az.ai.openai", "azureopenai"],
	"azure.ai.inference": ["azure.ai.inference", "az.ai.inference", "azure_ai", "azure_ai_inference"],
	anthropic: ["anthropic", "claude"],
	"aws.bedrock": [
		"aws.bedrock",
		"bedrock",
		"aws",
		"amazon-bedrock",
		"amazon_bedrock",
		"aws_bedrock",
		"bedrock_converse",
		"bedrock-converse",
		"amazon",
	],
	"gcp.vertex_ai": [
		"gcp.vertex_ai",
		"vertex_ai",
		"vertexai",
		"vertex ai",
		"vertex",
		"google-vertex",
		"google.vertex",
		"google_vertexai",
		"google-vertexai",
	],
	"gcp.gemini": [
		"gcp.gemini",
		"gemini",
		"google",
		"google_genai",
		"google-genai",
		"google.generative-ai",
		"google-gla",
		"googleai",
		"google_ai_studio",
	],
	"gcp.gen_ai": ["gcp.gen_ai"],
	mistral_ai: ["mistral_ai", "mistral", "mistralai", "mistral-ai"],
	x_ai: ["x_ai", "xai", "x-ai"],
	cohere: ["cohere"],
	groq: ["groq"],
	deepseek: ["deepseek"],
	perplexity: ["perplexity"],
	moonshot_ai: ["moonshot_ai", "moonshotai", "moonshot"],
	"ibm.watsonx.ai": ["ibm.watsonx.ai", "watsonx", "ibm"],
	ollama: ["ollama"],
	huggingface: ["huggingface", "hugging_face"],
	openrouter: ["openrouter"],
	together_ai: ["together_ai", "together", "togetherai"],
	fireworks_ai: ["fireworks_ai", "fireworks", "fireworksai"],
};

/** What senders write where a provider belongs, though it is a framework: as good as nothing. */
const FRAMEWORKS = new Set([
	"langchain",
	"langgraph",
	"strands-agents",
	"crewai",
	"gcp.vertex.agent",
	"spring_ai",
	"litellm_proxy",
	"litellm",
	"haystack",
	"microsoft.agent_framework",
	"microsoft.agents",
	"autogen",
	"onnx",
	"llamaindex",
	"pydantic-ai",
	// A gateway stands before the provider that it chose.
	"gateway",
	"unknown",
	"other",
]);

const HOSTS: readonly (readonly [RegExp, string])[] = [
	[/(^|\.)openai\.azure\.com$|(^|\.)cognitiveservices\.azure\.com$/, "azure.ai.openai"],
	[/(^|\.)(models\.ai|inference\.ai|services\.ai)\.azure\.com$/, "azure.ai.inference"],
	[/(^|\.)openai\.com$/, "openai"],
	[/(^|\.)anthropic\.com$/, "anthropic"],
	[/^bedrock(-runtime|-agent-runtime)?[.-].*\.amazonaws\.com$/, "aws.bedrock"],
	[/(^|[.-])aiplatform\.googleapis\.com$/, "gcp.vertex_ai"],
	[/(^|\.)generativelanguage\.googleapis\.com$/, "gcp.gemini"],
	[/(^|\.)mistral\.ai$/, "mistral_ai"],
	[/(^|\.)x\.ai$/, "x_ai"],
	[/(^|\.)cohere\.(com|ai)$/, "cohere"],
	[/(^|\.)groq\.com$/, "groq"],
	[/(^|\.)deepseek\.com$/, "deepseek"],
	[/(^|\.)perplexity\.ai$/, "perplexity"],
	[/(^|\.)moonshot\.(cn|ai)$/, "moonshot_ai"],
	[/(^|\.)openrouter\.ai$/, "openrouter"],
	[/(^|\.)together\.(xyz|ai)$/, "together_ai"],
	[/(^|\.)fireworks\.ai$/, "fireworks_ai"],
	[/(^|\.)huggingface\.co$/, "huggingface"],
	[/(^|\.)ml\.cloud\.ibm\.com$/, "ibm.watsonx.ai"],
];

/** Families whose name tells the maker; Llama, Qwen and the like are served by anybody. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
	[/^(us|eu|apac|global|jp|au|ca|us-gov)\.[a-z0-9-]+\./, "aws.bedrock"],
	[/^(anthropic|amazon|meta|mistral|cohere|ai21|stability|deepseek|openai|qwen)\.[a-z0-9-]+.*(:\d+)?$/, "aws.bedrock"],
	[/^claude/, "anthropic"],
	[/^(gpt-|o1|o3|o4|chatgpt|text-embedding-(3|ada)|davinci|babbage|dall-e|whisper|tts-|codex-)/, "openai"],
	[/^(gemini|gemma-|text-embedding-00|gemini-embedding)/, "gcp.gemini"],
	[/^grok/, "x_ai"],
	[/^deepseek/, "deepseek"],
	[/^(mistral|codestral|ministral|magistral|pixtral)/, "mistral_ai"],
	[/^command/, "cohere"],
];

const CANONICAL = new Map(
	Object.entries(PROVIDERS).flatMap(([canonical, names]) => names.map((name) => [name, canonical] as const)),
);

/** Longer names are nobody's. */
const NAME_CHARS_MAX = 200;

/** The canonical name of a provider as senders spell it; null for a framework. An unknown name stays as it is. */
export function normaliseProvider(text: string): string | null {
	const name = text.trim().toLowerCase();
	if (FRAMEWORKS.has(name)) return null;
	const exact = CANONICAL.get(name) ?? CANONICAL.get(name.slice(name.lastIndexOf("/") + 1));
	if (exact) return exact;
	const byHost = providerOfHost(name);
	if (byHost) return byHost;
	if (name.length > NAME_CHARS_MAX) return text.trim();
	for (let end = name.lastIndexOf("."); end > 0; end = name.lastIndexOf(".", end - 1)) {
		const prefix = CANONICAL.get(name.slice(0, end));
		if (prefix) return prefix;
	}
	return text.trim();
}

/** The provider that a host name or URL belongs to; null when nobody's we know. */
export function providerOfHost(address: string): string | null {
	const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/:]+)/i.exec(address.trim())?.[1]?.toLowerCase() ?? "";
	return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}

/** The provider that a model's prefix (`openai/gpt-4o`) or family is known by; null for families that many serve. */
export function providerOfModel(model: string): string | null {
	const name = model.toLowerCase();
	const slash = name.indexOf("/");
	const maker = slash > 0 ? CANONICAL.get(name.slice(0, slash)) : undefined;
	if (maker) return maker;
	return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
