import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

export type Environment = Record<string, string | undefined>;

/**
 * The environment of the product: `.env.local` and `.env` of the folder below what the process was given. The web server
 * reads the same files itself; the supervisor must agree with it on ports and stores.
 */
export function readEnvironment(folder: string, given: Environment): Environment {
	const files = [".env", ".env.local"]
		.map((name) => join(folder, name))
		.filter((path) => existsSync(path))
		.map((path) => parseEnv(readFileSync(path, "utf8")));
	return Object.assign({}, ...files, given);
}
