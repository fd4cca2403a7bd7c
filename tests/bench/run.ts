import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { printFigures } from "@/tests/bench/figure";
import type { Mode } from "@/tests/bench/served-product";

// Prints every performance figure with its ratio; nothing here passes or fails. `npm run bench ingest` runs one part.

const wanted = process.argv.slice(2);
const includes = (part: string) => wanted.length === 0 || wanted.includes(part);
const TITLES: Record<Mode, string> = { server: "ingest, server mode", embedded: "ingest, embedded mode" };
const PROJECT = "bench";

const gib = (totalmem() / 1024 ** 3).toFixed(0);
console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, ${gib} GiB`);
if (includes("ingest")) await ingest();
if (includes("engine")) await engine();
if (includes("evals")) await evals();
if (includes("ui") || includes("lists")) await lists();
if (includes("ui") || includes("pages")) await pages();
if (includes("ui") || includes("live")) await liveTail();

async function ingest(): Promise<void> {
	const { benchDecode } = await import("@/tests/bench/decode.bench");
	const { benchIngest, prepareBodies } = await import("@/tests/bench/ingest.bench");
	const { buildProduct, startProduct } = await import("@/tests/bench/served-product");
	const { startBareServer } = await import("@/tests/bench/start-bare-server");
	const { startLoadGenerator } = await import("@/tests/bench/start-load-generator");
	printFigures("ingest, step by step", benchDecode());
	buildProduct();
	const [generator, bare] = await Promise.all([startLoadGenerator(), startBareServer()]);
	try {
		const { otlpBytesPerSpan } = await prepareBodies(generator, PROJECT);
		for (const mode of ["server", "embedded"] as const) {
			const product = await startProduct(mode);
			try {
				const figures = await benchIngest({ product, generator, bare }, { project: PROJECT, otlpBytesPerSpan });
				printFigures(`${TITLES[mode]} (${product.stores})`, figures);
			} finally {
				await product.stop();
			}
		}
	} finally {
		generator.stop();
		bare.stop();
	}
}

async function engine(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "spanwise-bench-"));
	process.env.SPANWISE_DATA_DIR = folder;
	try {
		const { benchEngine } = await import("@/tests/bench/engine.bench");
		const { runsPerSecond } = await benchEngine();
		// The engine's promise: a judge call takes a second or more, so a hundred runs a second never holds one up.
		const ratio = { of: "100 runs/s wanted", value: runsPerSecond / 100 };
		printFigures("engine", [{ name: "stepless runs", value: runsPerSecond, unit: "runs/s", ratio }]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function evals(): Promise<void> {
	const { openOwnStores } = await import("@/tests/fuzz/own-stores");
	const stores = await openOwnStores();
	try {
		const { benchEvals } = await import("@/tests/bench/evals.bench");
		printFigures("evaluations, embedded mode", await benchEvals());
	} finally {
		await stores.close();
	}
}

async function lists(): Promise<void> {
	const { openOwnStores } = await import("@/tests/fuzz/own-stores");
	const stores = await openOwnStores();
	try {
		const { benchLists } = await import("@/tests/bench/lists.bench");
		printFigures("what pages ask of the store, embedded mode", await benchLists());
	} finally {
		await stores.close();
	}
}

async function pages(): Promise<void> {
	const { benchPages } = await import("@/tests/bench/pages.bench");
	printFigures("what people wait for, embedded mode, Chromium", await benchPages());
}

async function liveTail(): Promise<void> {
	const { benchLiveTail } = await import("@/tests/bench/live-tail.bench");
	printFigures("a list that is watched, embedded mode, Chromium", await benchLiveTail());
}
