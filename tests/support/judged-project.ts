import { randomHex } from "@/lib/ids";
import { eventually } from "@/tests/support/eventually";
import { type EvalJobView, getTrace, mustCall, post } from "@/tests/support/rest-client";

interface Created {
	id: string;
	name: string;
}

export interface JudgedProject {
	project: Created;
	connection: Created;
	rule: Created;
}

interface Wishes {
	/** Name of the project; random when absent. */
	name?: string;
	protocol?: "RESPONSES" | "CHAT_COMPLETIONS";
	threshold?: number | null;
	matchValue?: string;
}

/** A project whose spans named `llm.generate` are judged by the model at `judgeUrl`, set up through the API. */
export async function createJudgedProject(
	url: string,
	judgeUrl: string,
	{ name = unique("project"), protocol = "RESPONSES", threshold = 0.5, matchValue = "llm.generate" }: Wishes = {},
): Promise<JudgedProject> {
	const project = await createProject(url, name);
	const connection = await createConnection(url, judgeUrl, protocol);
	const rule = await mustCall<Created>(
		url,
		`/api/v1/projects/${project.id}/trace-eval-rules`,
		post({ ...ruleBody(connection.id), matchValue, threshold }),
		201,
	);
	return { project, connection, rule };
}

export function createProject(url: string, name = unique("project")): Promise<Created> {
	return mustCall(url, "/api/v1/projects", post({ name }), 201);
}

export function createConnection(url: string, judgeUrl: string, protocol = "RESPONSES"): Promise<Created> {
	const body = { name: unique("judge"), baseUrl: judgeUrl, model: "judge-1", protocol, apiKey: "sk-e2e-0123456789" };
	return mustCall(url, "/api/v1/llm-connections", post(body), 201);
}

/** The rule of the Dokimos documentation. */
export function ruleBody(connectionId: string) {
	return {
		name: "helpfulness",
		enabled: true,
		matchType: "SPAN_NAME",
		matchValue: "llm.generate",
		connectionId,
		evaluatorName: "helpfulness",
		criteria: "The response correctly and helpfully answers the question.",
		minScore: 0,
		maxScore: 1,
		threshold: 0.5,
	};
}

export function unique(what: string): string {
	return `${what}-${randomHex(4)}`;
}

/** The evaluations of a trace once there are `count` and all have ended. */
export function endedEvaluations(url: string, traceId: string, count = 1, timeoutMs = 5000): Promise<EvalJobView[]> {
	return eventually(
		async () => {
			const { evalJobs } = await getTrace(url, traceId);
			const open = evalJobs.filter((job) => job.status === "PENDING" || job.status === "CLAIMED");
			if (evalJobs.length < count || open.length > 0) {
				throw new Error(`${evalJobs.length} evaluations of ${count}, not ended: ${JSON.stringify(open)}`);
			}
			return evalJobs;
		},
		{ timeoutMs },
	);
}
