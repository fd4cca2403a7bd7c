import { DEMO_PROJECT } from "@/lib/local/demo/create-demo-project";
import { runDemo } from "@/lib/local/demo/run-demo";
import { eventually } from "@/tests/support/eventually";
import type { SeenIds } from "@/tests/support/page-table";
import { pastTraffic } from "@/tests/support/past-traffic";
import { getTrace, listTraces, mustCall, post, sendSpans, type TraceView } from "@/tests/support/rest-client";

const PATIENCE_MS = 120_000;
const CONVERSATIONS_MIN = 12;
const FAILING = { metric: "ERROR_RATIO", comparison: "ABOVE", threshold: 0.02, windowMinutes: 60 };
const WEBHOOK = { url: "https://hooks.example.com/spanwise", secret: "whsec_of_the_seeds", enabled: false };
const SLOW = { metric: "LATENCY_P95", comparison: "ABOVE", threshold: 60_000, windowMinutes: 60 };

/**
 * Fills a running product with what every page has something to show of, and makes an empty project beside it. Until it is
 * stopped the demo's agent goes on, and its judge judges.
 */
export async function seedPages(url: string): Promise<{ ids: SeenIds; stop(): Promise<void> }> {
	const create = (path: string, json: object) => mustCall<{ id: string }>(url, path, post(json), 201);
	const empty = await create("/api/v1/projects", { name: "nothing-yet" });
	const demo = await runDemo({ url, report: () => undefined });
	try {
		const projects = await mustCall<{ id: string; name: string }[]>(url, "/api/v1/projects");
		const project = projects.find(({ name }) => name === DEMO_PROJECT)?.id ?? "";
		await sendSpans(url, pastTraffic(Date.now()), DEMO_PROJECT);
		await create(`/api/v1/projects/${project}/alerts`, { name: "Nothing takes a minute", ...SLOW });
		const alert = await create(`/api/v1/projects/${project}/alerts`, { name: "Too much fails", ...FAILING });
		const webhook = await create(`/api/v1/projects/${project}/alert-webhooks`, WEBHOOK);
		const [rule] = await mustCall<{ id: string }[]>(url, `/api/v1/projects/${project}/trace-eval-rules`);
		const { traceId, summary } = await eventually(() => findJudged(url, project), { timeoutMs: PATIENCE_MS });
		const own = {
			traceId,
			sessionId: summary.sessionId ?? "",
			ruleId: rule?.id ?? "",
			alertId: alert.id,
			webhookId: webhook.id,
		};
		const ids = { project, empty: empty.id, ...own };
		return { ids, stop: demo.stop };
	} catch (error) {
		await demo.stop();
		throw error;
	}
}

/** A trace of the demo's agent that every rule has judged, once there are some. */
async function findJudged(url: string, projectId: string): Promise<TraceView> {
	const { content } = await listTraces(url, `?projectId=${projectId}&size=50`);
	const traces = content.filter(({ rootSpanName, spanCount }) => rootSpanName !== "shop-assistant" && spanCount > 4);
	if (traces.length < CONVERSATIONS_MIN) throw new Error(`${traces.length} conversations so far`);
	for (const { traceId } of traces.slice(CONVERSATIONS_MIN / 2)) {
		const trace = await getTrace(url, traceId);
		const jobs = trace.evalJobs;
		if (jobs.length > 0 && jobs.every(({ status }) => status === "SUCCEEDED")) return trace;
	}
	throw new Error("no conversation is judged yet");
}
