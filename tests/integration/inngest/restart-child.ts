import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { inngest } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { db, openDatabase } from "@/lib/db/client";
import { sleep } from "@/lib/time";

// A process that runs the engine on a folder until it is killed. `restart-child.ts <folder> <events to send>`; says
// `sent` after the first start and `done` once every run has ended.

const [folder = "", count = "0"] = process.argv.slice(2);
const note = (text: string) => appendFileSync(join(folder, "bodies.log"), `${text}\n`);

await openDatabase({ dataDir: folder });

const survivor = inngest().createFunction(
	{ id: "survivor", retries: 1, concurrency: { limit: 5 }, triggers: [{ event: "test/survive" }] },
	async ({ event, step }) => {
		const work = (name: string) => async () => {
			await sleep(Math.random() * 60);
			note(`${event.data.index} ${name}`);
			return name;
		};
		const first = await step.run("first", work("first"));
		const beside = await Promise.all([step.run("left", work("left")), step.run("right", work("right"))]);
		await step.sleep("nap", "1s");
		return [first, ...beside, await step.run("last", work("last"))].join(" ");
	},
);
const engine = await startEngine({ functions: [survivor] });

if (Number(count) > 0) {
	await inngest().send(
		Array.from({ length: Number(count) }, (_, index) => ({
			name: "test/survive",
			id: `run-${index}`,
			data: { index },
		})),
	);
}
console.log("sent");

while ((await db().engineRun.count({ where: { status: "running" } })) > 0) await sleep(50);
await engine.idle();
const runs = await db().engineRun.findMany();
console.log(JSON.stringify(runs.map(({ status, output }) => [status, output])));
