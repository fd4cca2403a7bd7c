import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { inngest } from "@/inngest/client";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishBackfillRequested, publishDueTasks } from "@/inngest/publish";
import { checkAlerts } from "@/lib/alerts/check-alerts";
import { createAlert } from "@/lib/alerts/create-alert";
import { db } from "@/lib/db/client";
import { createBackfill } from "@/lib/evaluations/create-backfill";
import { sleep } from "@/lib/time";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { alertInput } from "@/tests/support/alerting";
import { startFakeJudge } from "@/tests/support/fake-judge";
import { answered, JUDGE_KEY, newConnection, newRule, plan } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores({ SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: "1" });

const SPAN = "canary-of-the-span-41f0";
const PROMPT = "canary-of-the-prompt-77b2";
const CANARIES = [SPAN, PROMPT, JUDGE_KEY];
// Where people put them: the text of a rule, at each of its versions.
const MEANT = ["rules", "rule_versions"];

let engine: Engine;
const logged: string[] = [];
beforeAll(async () => {
	for (const stream of [process.stdout, process.stderr]) {
		vi.spyOn(stream, "write").mockImplementation((chunk) => {
			logged.push(String(chunk));
			return true;
		});
	}
	engine = await startEngine({ functions: functions(inngest()) });
});
afterAll(async () => {
	await engine.stop();
	vi.restoreAllMocks();
});

test("no text of a span, no prompt and no key is in a log, an event, a task, a webhook or a function's state", async () => {
	// What careless providers answer with: the whole request, its headers too.
	const judge = await startFakeJudge(
		(call, earlier) =>
			[
				{ text: '{"score":1,"reason":"fine"}' },
				{ status: 500, body: JSON.stringify({ error: { message: `cannot answer ${call.prompt}` } }) },
				{ echoAuthorization: 400 },
				{ text: "no verdict" },
			][(judge.calls.length + earlier) % 4] ?? "reset",
	);
	const connection = await newConnection({ baseUrl: judge.url });
	const project = await newProject();
	const template = `Is {{output}} what {{input}} asks for? ${PROMPT}`;
	const rules = [
		await newRule(project, { connectionId: connection.id, criteria: PROMPT }),
		await newRule(project, {
			connectionId: connection.id,
			evaluator: { kind: "llm_judge", criteria: PROMPT, template },
		}),
		await newRule(project, { evaluator: { kind: "code", source: `function evaluate() { return 1; } // ${PROMPT}` } }),
	];
	await createWebhook(project.id, { url: `${judge.url}/hook`, secret: "a secret", enabled: true });
	await createAlert(
		project.id,
		alertInput({ ruleId: rules[0]?.id ?? null, metric: "MEAN_SCORE", comparison: "BELOW", threshold: 1 }),
	);
	await send(
		project,
		Array.from({ length: 6 }, (_, index) => answered({}, { input: `${SPAN} ${index}`, output: `${SPAN} answer` })),
	);
	await plan(project);
	await publishDueTasks();
	const window = { from: new Date(0), to: new Date(Date.now() + 1000), filter: null, traceId: null, anew: true };
	const { id } = await createBackfill({ ...window, projectId: project.id, ruleId: rules[0]?.id ?? null });
	await publishBackfillRequested(id);
	while ((await db().evaluationTask.count({ where: { completedAt: null, current: true } })) > 0) await sleep(100);
	await checkAlerts(new Date());
	await engine.idle();

	expect(judge.calls.length).toBeGreaterThan(10);
	const places = await everyTable();
	places.set("log", logged.join(""));
	for (const [place, text] of places) {
		const found = CANARIES.filter((canary) => text.includes(canary));
		expect([place, MEANT.includes(place) ? [] : found]).toEqual([place, []]);
	}
	expect([...places.keys()]).toEqual(
		expect.arrayContaining(["evaluation_tasks", "engine_events", "engine_steps", "log"]),
	);
	await judge.close();
}, 60_000);

async function everyTable(): Promise<Map<string, string>> {
	const tables = await db().$queryRaw<{ name: string }[]>`
		SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema()`;
	const texts = new Map<string, string>();
	for (const { name } of tables) {
		const rows = await db().$queryRawUnsafe<{ text: string }[]>(`SELECT t::text AS text FROM "${name}" AS t`);
		texts.set(name, rows.map(({ text }) => text).join("\n"));
	}
	return texts;
}
