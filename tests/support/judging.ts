import type { z } from "zod";
import type { Connection, ConnectionInput } from "@/lib/connections/connection";
import { createConnection } from "@/lib/connections/create-connection";
import { db } from "@/lib/db/client";
import type { EvaluationTask } from "@/lib/db/generated/client";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import { createRule } from "@/lib/rules/create-rule";
import type { Rule, RuleInput } from "@/lib/rules/rule";
import { RuleBody } from "@/lib/rules/rule-body";
import { attributes, type OtlpSpan, otlpSpan } from "./otlp-request";
import { newProject, send } from "./send";

/** Key of every connection made here: never to be seen anywhere. */
export const JUDGE_KEY = "sk-judge-0123456789";

export function newConnection(input: Partial<ConnectionInput> = {}): Promise<Connection> {
	const given = { name: `judge ${randomHex(6)}`, baseUrl: "http://127.0.0.1:9/v1", model: "judge-model" };
	const apiKey = input.credentialRef ? undefined : JUDGE_KEY;
	return createConnection({ ...given, protocol: undefined, apiKey, credentialRef: undefined, ...input });
}

/** What the API takes as a rule; every part of it may be left out here. */
export type RuleWishes = Partial<z.input<typeof RuleBody>>;

/** A rule of a project, by default on spans named `chat`, judged by a model. */
export async function newRule(project: Project, wishes: RuleWishes = {}): Promise<Rule> {
	const needsModel = wishes.evaluator === undefined || wishes.evaluator?.kind === "llm_judge";
	const connectionId = wishes.connectionId ?? (needsModel ? (await newConnection()).id : null);
	return createRule(project.id, ruleInput({ ...wishes, connectionId }));
}

export function ruleInput(wishes: RuleWishes): RuleInput {
	return RuleBody.parse({
		name: `rule ${randomHex(6)}`,
		...(wishes.filter === undefined && { matchType: "SPAN_NAME", matchValue: "chat" }),
		evaluatorName: "politeness",
		...(!wishes.evaluator && { criteria: "Is the answer polite?" }),
		threshold: 0.5,
		...wishes,
	});
}

/** A span that rules can match: it has an output. */
export function answered(overrides: OtlpSpan = {}, values: Record<string, string | number | boolean> = {}): OtlpSpan {
	return otlpSpan({ attributes: attributes({ input: "a question", output: "an answer", ...values }), ...overrides });
}

export function plan(project: Project): Promise<number> {
	return planTasks({ projectId: project.id, overlapMs: 60_000 });
}

export function tasksOf(project: Project): Promise<EvaluationTask[]> {
	return db().evaluationTask.findMany({ where: { projectId: project.id }, orderBy: { id: "asc" } });
}

export function reload(task: EvaluationTask): Promise<EvaluationTask> {
	return db().evaluationTask.findUniqueOrThrow({ where: { id: task.id } });
}

/** A pending task of a project of its own: rule, span and match are real. */
export async function newTask(
	connection: Connection,
	{ rule, span = answered() }: { rule?: RuleWishes; span?: OtlpSpan } = {},
): Promise<{ project: Project; task: EvaluationTask }> {
	const project = await newProject();
	await newRule(project, { connectionId: connection.id, ...rule });
	await send(project, [span]);
	await plan(project);
	const [task] = await tasksOf(project);
	if (!task) throw new Error("the rule matched nothing");
	return { project, task };
}
