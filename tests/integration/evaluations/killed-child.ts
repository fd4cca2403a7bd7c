import { inngest } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/index";
import { publishDueTasks, publishProcessStarted } from "@/inngest/publish";
import { db, openDatabase } from "@/lib/db/client";
import { planTasks } from "@/lib/evaluations/plan-tasks";
import { sleep } from "@/lib/time";
import { answered, newConnection, newRule } from "@/tests/support/judging";
import { newProject, send } from "@/tests/support/send";

// A process that judges until it is killed: `killed-child.ts <folder> <judge> <tasks>`. Says `begun` once it works and
// `done` with every task once all have ended.

const [folder = "", baseUrl = "", count = "0"] = process.argv.slice(2);

await openDatabase({ dataDir: folder });
const engine = await startEngine({ functions: functions(inngest()) });
if ((await db().project.count()) === 0) {
	const { id: connectionId } = await newConnection({ baseUrl, maxConcurrency: 20 });
	const project = await newProject();
	await newRule(project, { connectionId });
	await send(
		project,
		Array.from({ length: Number(count) }, (_, index) => answered({}, { input: `question ${index}` })),
	);
	await planTasks({ projectId: project.id, overlapMs: 60_000 });
	await publishDueTasks();
} else await publishProcessStarted();
console.log("begun");

const open = () => db().evaluationTask.count({ where: { status: { notIn: ["SUCCEEDED", "FAILED"] } } });
while ((await open()) > 0) await sleep(200);
await engine.idle();
const tasks = await db().evaluationTask.findMany({
	select: { id: true, projectId: true, status: true, attempts: true, lastError: true },
});
console.log(`done ${JSON.stringify(tasks)}`);
