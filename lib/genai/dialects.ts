import type { Dialect } from "@/lib/genai/dialect";
import { agentFramework } from "@/lib/genai/dialects/agent-framework";
import { aiSdk } from "@/lib/genai/dialects/ai-sdk";
import { aiSdkOtel } from "@/lib/genai/dialects/ai-sdk-otel";
import { anthropicSdk } from "@/lib/genai/dialects/anthropic-sdk";
import { claudeCode } from "@/lib/genai/dialects/claude-code";
import { codex } from "@/lib/genai/dialects/codex";
import { dify } from "@/lib/genai/dialects/dify";
import { dokimos } from "@/lib/genai/dialects/dokimos";
import { geminiCli } from "@/lib/genai/dialects/gemini-cli";
import { genkit } from "@/lib/genai/dialects/genkit";
import { googleAdk } from "@/lib/genai/dialects/google-adk";
import { handMade } from "@/lib/genai/dialects/hand-made";
import { haystack } from "@/lib/genai/dialects/haystack";
import { laminar } from "@/lib/genai/dialects/laminar";
import { langfuse } from "@/lib/genai/dialects/langfuse";
import { langsmith } from "@/lib/genai/dialects/langsmith";
import { litellm } from "@/lib/genai/dialects/litellm";
import { livekit } from "@/lib/genai/dialects/livekit";
import { logfire } from "@/lib/genai/dialects/logfire";
import { mastra } from "@/lib/genai/dialects/mastra";
import { mlflow } from "@/lib/genai/dialects/mlflow";
import { n8n } from "@/lib/genai/dialects/n8n";
import { openinference } from "@/lib/genai/dialects/openinference";
import { openlit } from "@/lib/genai/dialects/openlit";
import { openrouter } from "@/lib/genai/dialects/openrouter";
import { otelGenai } from "@/lib/genai/dialects/otel-genai";
import { pydanticAi } from "@/lib/genai/dialects/pydantic-ai";
import { semanticKernel } from "@/lib/genai/dialects/semantic-kernel";
import { springAi } from "@/lib/genai/dialects/spring-ai";
import { strands } from "@/lib/genai/dialects/strands";
import { toadEye } from "@/lib/genai/dialects/toad-eye";
import { traceloop } from "@/lib/genai/dialects/traceloop";

/**
 * Every convention we read. The order only decides what a span is called when it bears the marks of several: a framework
 * before the general conventions that it also writes.
 */
export const DIALECTS: readonly Dialect[] = [
	dokimos,
	langfuse,
	openinference,
	langsmith,
	mlflow,
	claudeCode,
	anthropicSdk,
	codex,
	geminiCli,
	googleAdk,
	aiSdk,
	aiSdkOtel,
	pydanticAi,
	logfire,
	strands,
	agentFramework,
	semanticKernel,
	springAi,
	litellm,
	haystack,
	mastra,
	livekit,
	n8n,
	genkit,
	openlit,
	dify,
	openrouter,
	laminar,
	toadEye,
	traceloop,
	otelGenai,
	handMade,
];
