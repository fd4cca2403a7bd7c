import type { Dialect, Evidence } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";

/** Instrumentation libraries of this scope family write Traceloop's names unless they write OpenTelemetry's alone. */
const TRACELOOP_SCOPE = /^opentelemetry\.instrumentation\.[a-z_]+(\.v1)?$/;
const CONTRIB_SCOPE = /^opentelemetry\.instrumentation\.(openai_v2|openai_agents|google_genai|vertexai|genai.*)$/;

const byScope = new Map<string, Dialect | null>();
const SCOPES_MAX = 1000;

/** The name of the convention a span follows: by its scope when that is one of a kind, else by the keys it bears. */
export function detectConvention(evidence: Evidence): string {
	const scope = evidence.span.scope.name;
	const known = scopeDialect(scope);
	if (known) return known.name;
	if (evidence.text("gen_ai.framework") === "dify") return "dify";
	const name = DIALECTS[evidence.markedBy]?.name ?? "other";
	const generic = name === "otel-genai" && TRACELOOP_SCOPE.test(scope) && !CONTRIB_SCOPE.test(scope);
	return generic ? "traceloop" : name;
}

function scopeDialect(scope: string): Dialect | null {
	if (scope === "") return null;
	let found = byScope.get(scope);
	if (found === undefined) {
		found = DIALECTS.find((dialect) => dialect.scope?.test(scope)) ?? null;
		// Senders choose the names; the cache must not grow with them.
		if (byScope.size < SCOPES_MAX) byScope.set(scope, found);
	}
	return found;
}
