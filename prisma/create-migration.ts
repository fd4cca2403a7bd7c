// Writes what separates schema.prisma from the migrations as a new migration, with neither a database server nor a
// downloaded engine: `npx tsx prisma/create-migration.ts <name>`. With `--check` it writes nothing and fails on drift.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { DiffTarget, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPGlite } from "pglite-prisma-adapter";

const HERE = dirname(fileURLToPath(import.meta.url));
const MIGRATIONS = join(HERE, "migrations");
const LOCKFILE = join(MIGRATIONS, "migration_lock.toml");
const LOCKFILE_CONTENT = `# Read by Prisma Migrate: the kind of database these migrations are for.\nprovider = "postgresql"\n`;

async function main(argument: string | undefined): Promise<number> {
	const check = argument === "--check";
	if (!check && !/^[a-z][a-z0-9_]*$/.test(argument ?? "")) {
		console.error("Usage: npx tsx prisma/create-migration.ts <name_in_snake_case> | --check");
		return 2;
	}
	const script = await difference();
	if (script === "") {
		console.log("The migrations match schema.prisma.");
		return 0;
	}
	if (check) {
		console.error(`schema.prisma has changes without a migration:\n\n${script}`);
		return 1;
	}
	const folder = join(MIGRATIONS, `${timestamp()}_${argument}`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "migration.sql"), script);
	if (!existsSync(LOCKFILE)) writeFileSync(LOCKFILE, LOCKFILE_CONTENT);
	console.log(`Wrote ${join(folder, "migration.sql")}. Read it before you commit it.`);
	return 0;
}

async function difference(): Promise<string> {
	const path = join(HERE, "schema.prisma");
	const content = readFileSync(path, "utf8");
	const shadow = new PGlite();
	try {
		const engine = await schemaEngine([path, content], shadow);
		const { stdout } = await engine.diff({
			from: migrationsTarget(),
			to: { tag: "schemaDatamodel", files: [{ path, content }] },
			script: true,
			exitCode: null,
			filters: { externalTables: [], externalEnums: [] },
		});
		return cleaned(stdout ?? "");
	} finally {
		await shadow.close();
	}
}

function migrationsTarget(): DiffTarget {
	const names = existsSync(MIGRATIONS)
		? readdirSync(MIGRATIONS, { withFileTypes: true })
				.filter((entry) => entry.isDirectory())
				.map((entry) => entry.name)
				.sort()
		: [];
	if (names.length === 0) return { tag: "empty" };
	return {
		tag: "migrations",
		baseDir: MIGRATIONS,
		lockfile: { path: "migration_lock.toml", content: readFileSync(LOCKFILE, "utf8") },
		shadowDbInitScript: "",
		migrationDirectories: names.map((name) => ({
			path: name,
			migrationFile: {
				path: "migration.sql",
				content: { tag: "ok", value: readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8") },
			},
		})),
	};
}

// The package is made for bundlers, which import .wasm files; in Node the parts are put together by hand.
async function schemaEngine(datamodel: [path: string, content: string], shadow: PGlite): Promise<SchemaEngine> {
	const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
	const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
	const { instance } = await WebAssembly.instantiate(readFileSync(join(dirname(entry), "schema_engine_bg.wasm")), {
		"./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
	});
	bindings.__wbg_set_wasm(instance.exports);
	(instance.exports.__wbindgen_start as () => void)();
	Object.assign(globalThis, {
		PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
	});
	const factory = bindMigrationAwareSqlAdapterFactory(new AwaitingPGlite(shadow));
	return bindings.SchemaEngine.new({ datamodels: [datamodel] }, () => undefined, factory);
}

// The adapter's own executeScript returns before the script ran and drops its errors.
class AwaitingPGlite extends PrismaPGlite {
	readonly #shadow: PGlite;

	constructor(shadow: PGlite) {
		super(shadow);
		this.#shadow = shadow;
	}

	override async connect() {
		const adapter = await super.connect();
		adapter.executeScript = async (script) => {
			await this.#shadow.exec(script);
		};
		return adapter;
	}

	override connectToShadowDb() {
		return this.connect();
	}
}

function cleaned(script: string): string {
	const kept = script
		// Restricted database users may not create schemas, and this one exists.
		.replace(/^(-- CreateSchema\n)?CREATE SCHEMA IF NOT EXISTS "public";\n+/m, "")
		.trim();
	return kept === "" || kept === "-- This is an empty migration." ? "" : `${kept}\n`;
}

/** The present moment in UTC as Prisma writes it in folder names: yyyymmddhhmmss. */
function timestamp(): string {
	return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}

process.exitCode = await main(process.argv[2]);
