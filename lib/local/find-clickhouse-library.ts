import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "@/lib/errors";

const require = createRequire(import.meta.url);

/** The engine library out of the npm package of this platform. Throws `unavailable` when there is none. */
export function findClickhouseLibrary(platform: string = process.platform, arch: string = process.arch): string {
	for (const name of [`@chdb/lib-${platform}-${arch}`, `@chdb/lib-${platform}-${arch}-gnu`]) {
		const folder = packageFolder(name);
		const library = folder && ["libchdb.so", "libchdb.dylib"].map((file) => join(folder, file)).find(existsSync);
		if (library && packageFolder("ffi-rs")) return library;
	}
	throw new AppError(
		"unavailable",
		`There is no embedded ClickHouse for ${platform}-${arch}: set CLICKHOUSE_URL to a ClickHouse server, for example http://default:password@localhost:8123/spanwise.`,
		{ retryable: false },
	);
}

function packageFolder(name: string): string | undefined {
	try {
		return dirname(require.resolve(`${name}/package.json`));
	} catch {
		return undefined;
	}
}
