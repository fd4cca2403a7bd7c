import type { Dialect } from "@/lib/genai/dialect";

/** OpenRouter's broadcast. Source: OpenRouter, "Broadcast to OpenTelemetry". */
export const openrouter: Dialect = { name: "openrouter", scope: /^openrouter/ };
