import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { lockFolder } from "@/lib/db/lock-folder";
import { toAppError } from "@/lib/errors";
import { askLoopback } from "@/lib/local/ask-loopback";
import { clickhouseFiles, clickhouseUrl, FOLDER_TAKEN } from "@/lib/local/clickhouse-config";
import { sleep } from "@/lib/time";

// The process that is the embedded ClickHouse: `clickhouse-host.ts <library> <data folder> <port>`. The engine's entry
// never returns while it serves, so a worker makes the call and this thread watches for the end of the supervisor.

/** How long inserts that are under way when the supervisor goes may take to finish. */
const DRAIN_MS_MAX = 5000;
/** A predecessor that lost its supervisor needs about as long as it may drain. */
const PREDECESSOR_WAIT_MS = DRAIN_MS_MAX + 3000;
// Opens the port, then keeps the engine's command line busy for ever.
const HOSTING_QUERY =
	"SYSTEM START LISTEN HTTP; SELECT sleepEachRow(3) FROM system.numbers SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=4000000 FORMAT Null";

const [library = "", dataDir = "", port = ""] = process.argv.slice(2);
const files = clickhouseFiles(dataDir);
const url = clickhouseUrl(Number(port), readFileSync(files.password, "utf8").trim());

// Hosted this way the engine ignores <timezone> of its configuration and takes the zone of the machine.
process.env.TZ = "UTC";

const args = [
	"clickhouse",
	`--path=${files.data}`,
	`--config-file=${files.config}`,
	`--http_port=${port}`,
	"--listen_host=127.0.0.1",
	`--query=${HOSTING_QUERY}`,
];

let stopping = false;
async function stop(): Promise<void> {
	if (stopping) return;
	stopping = true;
	const deadline = Date.now() + DRAIN_MS_MAX;
	while (Date.now() < deadline && (await hasInserts())) await sleep(50);
	// exit() would wait for the worker, which never yields; written parts survive SIGKILL.
	process.kill(process.pid, "SIGKILL");
}

// There is no queue to flush: hosted this way the engine has none and takes asynchronous inserts synchronously.
async function hasInserts(): Promise<boolean> {
	const body = "SELECT count() FROM system.processes WHERE query_kind = 'Insert'";
	const answer = await askLoopback(url, { method: "POST", body }).catch(() => undefined);
	return answer?.status === 200 && answer.body.trim() !== "0";
}

// Stdin is a pipe from the supervisor: it ends with the supervisor, whatever ended that.
process.stdin.on("end", stop).on("error", stop).resume();
process.on("SIGTERM", stop);
// Ctrl-C and a closed terminal reach the whole process group; ClickHouse goes last, when the supervisor says so.
process.on("SIGINT", () => undefined);
process.on("SIGHUP", () => undefined);

// The engine's own lock would do, but it crashes without a word where that is taken.
try {
	await lockFolder(dirname(files.data), { waitMs: PREDECESSOR_WAIT_MS });
} catch (error) {
	console.error(toAppError(error).publicMessage);
	process.exit(FOLDER_TAKEN);
}

const engine = new Worker(new URL("./clickhouse-engine.mjs", import.meta.url), {
	workerData: { library, args },
	execArgv: [],
	// The engine measures the stack it runs on and refuses the usual size of a worker's.
	resourceLimits: { stackSizeMb: 16 },
});
engine.on("error", (error) => {
	console.error(error);
	process.exit(1);
});
