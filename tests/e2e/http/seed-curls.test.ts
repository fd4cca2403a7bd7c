import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, startApp } from "@/tests/support/app-server";
import { type FakeJudge, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { createConnection, createProject, endedEvaluations } from "@/tests/support/judged-project";
import { SEED_BODY } from "@/tests/support/llm-span";
import { getTrace, mustCall } from "@/tests/support/rest-client";

// The commands of the Dokimos documentation, as a reader pastes them, apart from host and port.

const SEED_TRACE = "0af7651916cd43dd8448eb211c80319c";
const run = promisify(execFile);

const sendTrace = (url: string) => `curl -X POST ${url}/api/v1/traces \\
  -H "Content-Type: application/json" \\
  -d '${SEED_BODY}'`;

const addRule = (
	url: string,
	projectId: string,
	connectionId: string,
) => `curl -i -X POST ${url}/api/v1/projects/${projectId}/trace-eval-rules \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "helpfulness",
    "enabled": true,
    "matchType": "SPAN_NAME",
    "matchValue": "llm.generate",
    "connectionId": "${connectionId}",
    "evaluatorName": "helpfulness",
    "criteria": "The response correctly and helpfully answers the question.",
    "minScore": 0,
    "maxScore": 1,
    "threshold": 0.5
  }'`;

async function shell(command: string): Promise<string> {
	return (await run("sh", ["-c", command.replace(/^curl /, "curl -sS ")])).stdout;
}

function hasCurl(): boolean {
	try {
		execFileSync("curl", ["--version"], { stdio: "ignore" });
		return true;
	} catch {
		console.warn("SKIPPED: there is no curl on this machine, the documented commands were not run");
		return false;
	}
}

describe.skipIf(!hasCurl())("the documented commands", () => {
	let app: App;
	let judge: FakeJudge;

	beforeAll(async () => {
		app = await startApp();
		judge = await startFakeJudge(() => verdict(0.95, "Paris is right"));
	});
	afterAll(async () => {
		await judge?.close();
		await app?.stop();
	});

	it("send a first trace to a server where nothing was set up", async () => {
		expect(JSON.parse(await shell(sendTrace(app.url)))).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		expect(await getTrace(app.url, SEED_TRACE)).toMatchObject({
			projectId: null,
			rootSpanName: "llm.generate",
			spanCount: 1,
			evalJobs: [],
			spans: [
				{
					spanId: "b7ad6b7169203331",
					name: "llm.generate",
					parentSpanId: null,
					startTimeUnixNano: "1700000000000000000",
					endTimeUnixNano: "1700000002000000000",
					inputText: "What is the capital of France?",
					outputText: "The capital of France is Paris.",
				},
			],
		});
	});

	it("add a rule, and the trace sent once more is judged within 5 s", async () => {
		const project = await createProject(app.url, "my-llm-app");
		const connection = await createConnection(app.url, judge.url);
		const answer = await shell(addRule(app.url, project.id, connection.id));
		expect(answer).toMatch(/^HTTP\/1\.1 201 /);
		const location = answer.match(/^location: (\S+)/im)?.[1] ?? "";
		const rule = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));
		expect(await mustCall(app.url, location)).toEqual(rule);
		expect(rule).toMatchObject({ name: "helpfulness", projectId: project.id, threshold: 0.5, matchKey: null });

		expect(JSON.parse(await shell(sendTrace(app.url)))).toEqual({ acceptedSpans: 1, rejectedSpans: 0, traces: 1 });
		expect(await endedEvaluations(app.url, SEED_TRACE, 1, 5000)).toMatchObject([
			{ ruleId: rule.id, status: "SUCCEEDED", score: 0.95, success: true, reason: "Paris is right" },
		]);
		expect(await getTrace(app.url, SEED_TRACE)).toMatchObject({ projectId: project.id, spanCount: 1 });
		expect(judge.calls).toHaveLength(1);
	});
});
