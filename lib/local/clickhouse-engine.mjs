import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { DataType, load, open } from "ffi-rs";

// The worker of clickhouse-host.ts: runs the engine's command line, which does not return while the server is up.
// Plain JavaScript, because a worker does not inherit the TypeScript loader on every Node version, and because the
// optional package ffi-rs must not be needed to compile the project.

const { library, args } = workerData;

open({ library: "chdb", path: library });
const result = load({
	library: "chdb",
	funcName: "chdb_query_cmdline",
	retType: DataType.External,
	paramsType: [DataType.I32, DataType.StringArray],
	paramsValue: [args.length, args],
});
const reason = load({
	library: "chdb",
	funcName: "chdb_result_error",
	retType: DataType.String,
	paramsType: [DataType.External],
	paramsValue: [result],
});
writeSync(2, `ClickHouse gave up: ${reason.split(", Stack trace", 1)[0]}\n`);
// An engine that gave up crashes in its exit handlers, loudly enough to bury the reason: skip them.
process.kill(process.pid, "SIGKILL");
