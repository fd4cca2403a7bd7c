import { inngest } from "@/inngest/client";
import { startEngine } from "@/inngest/embedded/engine";
import { db, openDatabase } from "@/lib/db/client";
import { sleep } from "@/lib/time";

// One of several processes on a shared Postgres: `processes-child.ts <url> <runs in all> [send]`. Says `ready`
// once it runs, `begin` and `end` of each step body with its key, and `done` once every run has ended.

const [databaseUrl = "", count = "0", send] = process.argv.slice(2);
await openDatabase({ databaseUrl });

const shared = inngest().createFunction(
	{
		id: "shared",
		retries: 1,
		concurrency: [{ key: "event.data.key", limit: 2 }, { limit: 6 }],
		triggers: [{ event: "test/shared" }],
	},
	async ({ event, step }) => {
		for (const name of ["one", "two"]) {
			await step.run(name, async () => {
				console.log(`begin ${Date.now()} ${event.data.key}`);
				await sleep(10 + Math.random() * 30);
				console.log(`end ${Date.now()} ${event.data.key}`);
			});
		}
	},
);
await startEngine({ functions: [shared], leaseMs: 1500 });
console.log("ready");

if (send) {
	const events = Array.from({ length: Number(count) }, (_, index) => ({
		name: "test/shared",
		id: `shared-${index}`,
		data: { key: `k${index % 4}` },
	}));
	await inngest().send(events);
}
while ((await db().engineRun.count({ where: { status: "completed" } })) < Number(count)) await sleep(50);
console.log("done");
