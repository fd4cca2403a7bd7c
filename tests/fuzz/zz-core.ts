import { coreTarget } from "@/tests/fuzz/core-target";
import { openOwnStores } from "@/tests/fuzz/own-stores";
import { runFuzz } from "@/tests/fuzz/run-fuzz";

const stores = await openOwnStores();
const { createProject } = await import("@/lib/projects/create-project");
await createProject({ name: "fuzz" });
const target = await coreTarget();
const [n, senders] = [Number(process.argv[2] ?? 5000), Number(process.argv[3] ?? 200)];
const c0 = process.cpuUsage();
const r = await runFuzz({
	target,
	seed: Number(process.argv[4] ?? 1),
	from: 0,
	count: n,
	senders,
	project: "fuzz",
	folder: "/tmp/fx/fails",
	report: (l) => console.log(l.slice(0, 400)),
});
const c1 = process.cpuUsage(c0);
console.log(r.sent, r.seconds, r.statuses, "own cpu ms/req", (c1.user + c1.system) / 1000 / r.sent);

import { execSync } from "node:child_process";

console.log(execSync(`ps -o cputimes=,args= --ppid ${process.pid} | cut -c1-80`).toString());
await stores.close();
