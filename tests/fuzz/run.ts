import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "@/lib/local/project-root";
import { coreTarget } from "@/tests/fuzz/core-target";
import { encode, makeCase } from "@/tests/fuzz/fuzz-case";
import { httpTarget } from "@/tests/fuzz/http-target";
import { openOwnStores } from "@/tests/fuzz/own-stores";
import { runFuzz } from "@/tests/fuzz/run-fuzz";
import { startApp } from "@/tests/support/app-server";
import { call, post } from "@/tests/support/rest-client";

// Long runs of the fuzzer against the production build (`npm run build` first), or against the server that --url names:
//   npm run fuzz -- --seed 7 --count 1000000
//   npm run fuzz -- --seed 7 --only 123456        one case again, its request printed
//   npm run fuzz -- --core --count 1000000        without HTTP: several times as fast

const { values } = parseArgs({
	options: {
		seed: { type: "string", default: String(Date.now() % 1_000_000) },
		from: { type: "string", default: "0" },
		count: { type: "string", default: "100000" },
		only: { type: "string" },
		senders: { type: "string", default: "256" },
		url: { type: "string" },
		core: { type: "boolean", default: false },
		folder: { type: "string", default: join(projectRoot, "test-results", "fuzz") },
	},
});

const seed = Number(values.seed);
const from = Number(values.only ?? values.from);
const count = values.only === undefined ? Number(values.count) : 1;
if (![seed, from, count, Number(values.senders)].every(Number.isSafeInteger)) {
	throw new Error("--seed, --from, --count, --only and --senders take whole numbers");
}

const PROJECT = "fuzz";
const app = values.url === undefined && !values.core ? await startApp() : null;
const stores = values.core ? await openOwnStores() : null;
const url = values.url ?? app?.url ?? "";
const target = stores ? await coreTarget() : httpTarget(url, Number(values.senders));
try {
	// A name that is taken already serves as well.
	if (stores) await stores.createProject(PROJECT);
	else await call(url, "/api/v1/projects", post({ name: PROJECT }));
	if (values.only !== undefined) {
		const fuzzed = makeCase(seed, from, PROJECT);
		const { body, request, stored, ...told } = fuzzed;
		console.log(
			told,
			`${body.length} bytes`,
			request ? encode(request, "json").toString("utf8") : body.toString("utf8"),
		);
		const answer = await target.send(fuzzed);
		console.log(answer?.status, answer?.headers, answer?.body.toString("utf8"));
	}
	console.log(`fuzzing with seed ${seed}, cases ${from} to ${from + count - 1}`);
	const { sent, statuses, failures, seconds } = await runFuzz({
		target,
		seed,
		from,
		count,
		senders: Number(values.senders),
		project: PROJECT,
		folder: values.folder,
		report: (line) => console.error(line),
	});
	const rate = Math.round(sent / seconds);
	console.log(`${sent} requests in ${seconds.toFixed(1)} s (${rate}/s): ${JSON.stringify(statuses)}`);
	console.log(failures.length === 0 ? "every answer is as it must be" : `${failures.length} failures, listed above`);
	process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
	await target.close();
	await app?.stop();
	await stores?.close();
}
