import type { Endpoint } from "@/lib/receive/exchange";
import { receiveLogs } from "@/lib/receive/receive-logs";
import { receiveMetrics } from "@/lib/receive/receive-metrics";
import { refuse } from "@/lib/receive/receive-otlp";
import { receiveTraces } from "@/lib/receive/receive-traces";

const EXPORT_ONLY = "OPTIONS, POST";

const traces = { receive: receiveTraces, allow: EXPORT_ONLY, refuse: refuse("traces") };
const logs = { receive: receiveLogs, allow: EXPORT_ONLY, refuse: refuse("logs") };
const metrics = { receive: receiveMetrics, allow: EXPORT_ONLY, refuse: refuse("metrics") };

/**
 * Every path that takes exports: OpenTelemetry's default ones, the same below `/api`, and below the path that Langfuse's
 * exporters append to their host.
 */
export const ENDPOINTS = {
	"/v1/traces": traces,
	"/v1/logs": logs,
	"/v1/metrics": metrics,
	"/api/v1/traces": { ...traces, allow: "GET, HEAD, OPTIONS, POST" },
	"/api/v1/logs": logs,
	"/api/v1/metrics": metrics,
	"/api/public/otel/v1/traces": traces,
	"/api/public/otel/v1/logs": logs,
	"/api/public/otel/v1/metrics": metrics,
} satisfies Record<string, Endpoint>;
