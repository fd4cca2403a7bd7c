import { expect, inject, it } from "vitest";
import { createConnection, createJudgedProject, createProject, ruleBody, unique } from "@/tests/support/judged-project";
import { call, type ErrorView, mustCall, post } from "@/tests/support/rest-client";

const url = inject("appUrl");
const NOWHERE = "http://127.0.0.1:9/v1";

async function conflict(path: string, init: Parameters<typeof call>[2], message: string) {
	const { status, body } = await call<ErrorView>(url, path, init);
	expect([status, body]).toEqual([409, { error: "Conflict", message, timestamp: expect.any(String) }]);
}

it("a project's name that is taken, on creation and on renaming", async () => {
	const [{ name }, other] = [await createProject(url), await createProject(url)];
	const message = `A project named "${name}" already exists`;
	await conflict("/api/v1/projects", post({ name }), message);
	await conflict(`/api/v1/projects/${other.id}`, { method: "PUT", json: { name } }, message);
	expect(await mustCall(url, `/api/v1/projects/${other.id}`)).toMatchObject({ name: other.name });
});

it("a connection's name that is taken, on creation and on update", async () => {
	const [{ name }, other] = [await createConnection(url, NOWHERE), await createConnection(url, NOWHERE)];
	const json = { name, baseUrl: NOWHERE, model: "judge-1", apiKey: "sk-0123456789" };
	const message = `An LLM connection named "${name}" already exists`;
	await conflict("/api/v1/llm-connections", post(json), message);
	await conflict(`/api/v1/llm-connections/${other.id}`, { method: "PUT", json }, message);
});

it("a rule's name that is taken in its project; another project may use it", async () => {
	const { project, connection } = await createJudgedProject(url, NOWHERE);
	const body = ruleBody(connection.id);
	const message = 'A rule named "helpfulness" already exists in this project';
	await conflict(`/api/v1/projects/${project.id}/trace-eval-rules`, post(body), message);
	const other = await createProject(url);
	await mustCall(url, `/api/v1/projects/${other.id}/trace-eval-rules`, post(body), 201);
});

it("a connection that rules use cannot be deleted, and the answer names them", async () => {
	const { project, connection, rule } = await createJudgedProject(url, NOWHERE);
	const path = `/api/v1/llm-connections/${connection.id}`;
	const message = 'The LLM connection is used by the rules "helpfulness": change or delete them first';
	await conflict(path, { method: "DELETE" }, message);
	await mustCall(url, `/api/v1/projects/${project.id}/trace-eval-rules/${rule.id}`, { method: "DELETE" }, 204);
	await mustCall(url, path, { method: "DELETE" }, 204);
});

it("two creations of one name at the same time: one wins, the other is told", async () => {
	const name = unique("race");
	const answers = await Promise.all([1, 2, 3, 4].map(() => call(url, "/api/v1/projects", post({ name }))));
	expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
});
