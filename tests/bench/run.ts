import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startClickhouse } from "@/lib/local/start-clickhouse";
import type { Figure } from "@/tests/bench/ingest.bench";

// Prints every performance figure with its ratio; nothing here passes or fails. `npm run bench ingest` runs one part.

const wanted = process.argv.slice(2);
const includes = (part: string) => wanted.length === 0 || wanted.includes(part);
const folder = mkdtempSync(join(tmpdir(), "spanwise-bench-"));

// Always a store of its own: generated spans belong into nobody's database.
const clickhouse = await startClickhouse({ dataDir: folder });
process.env.CLICKHOUSE_URL = clickhouse.url;
process.env.SPANWISE_DATA_DIR = folder;
try {
	if (includes("ingest")) print("ingest", await ingest());
	if (includes("engine")) print("engine", await engine());
} finally {
	await clickhouse.stop();
	rmSync(folder, { recursive: true, force: true });
}

async function ingest(): Promise<Figure[]> {
	const [{ closeClickhouse }, { migrateClickhouse }, database, { benchIngest }] = await Promise.all([
		import("@/lib/clickhouse/client"),
		import("@/lib/clickhouse/migrate"),
		import("@/tests/support/database"),
		import("@/tests/bench/ingest.bench"),
	]);
	await database.openTestDatabase();
	await migrateClickhouse();
	try {
		return await benchIngest();
	} finally {
		await database.closeTestDatabase();
		await closeClickhouse();
	}
}

async function engine(): Promise<Figure[]> {
	const { benchEngine } = await import("@/tests/bench/engine.bench");
	const { runsPerSecond } = await benchEngine();
	// The engine's promise: a judge call takes a second or more, so a hundred runs a second never holds one up.
	return [
		{
			name: "stepless runs",
			value: runsPerSecond,
			unit: "runs/s",
			ratio: { of: "100 runs/s wanted", value: runsPerSecond / 100 },
		},
	];
}

function print(part: string, figures: Figure[]): void {
	console.log(`\n${part}`);
	for (const { name, value, unit, ratio } of figures) {
		const beside = ratio ? `   ${ratio.value.toFixed(2)} x ${ratio.of}` : "";
		console.log(`  ${name.padEnd(48)} ${format(value).padStart(10)} ${unit.padEnd(18)}${beside}`);
	}
}

function format(value: number): string {
	return value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(1);
}
