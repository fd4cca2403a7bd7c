import { receiveOtlp } from "@/lib/receive/receive-otlp";

/**
 * The OTLP/HTTP endpoint of metrics. SDKs export them to the same host by default; none are kept, and an empty success keeps
 * their logs quiet.
 */
export const receiveMetrics = receiveOtlp("metrics", async () => ({
	counters: {},
	rejected: "rejectedDataPoints",
	rejections: [],
	warnings: [],
}));
