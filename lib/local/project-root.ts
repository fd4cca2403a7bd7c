import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of package.json, whatever the working directory is. */
export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

const require = createRequire(import.meta.url);

/** Arguments which make Node run a TypeScript file of this project. */
export function nodeArguments(file: string): string[] {
	return ["--import", pathToFileURL(require.resolve("tsx")).href, join(projectRoot, file)];
}
