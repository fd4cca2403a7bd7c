import type { Dialect } from "@/lib/genai/dialect";

/** OpenLIT: OpenTelemetry names, content in span events or in the former attributes. */
export const openlit: Dialect = { name: "openlit", scope: /^openlit/ };
