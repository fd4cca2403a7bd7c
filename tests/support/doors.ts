import { join } from "node:path";
import { projectRoot } from "@/lib/local/project-root";

/** One of the two ways by which an export reaches the product. */
export interface Door {
	door: string;
	/** For `startApp`. */
	env: Record<string, string>;
	/** X-Frame-Options of its answers: Next's configuration forbids to frame what its routes answer, so it is known who did. */
	frame: string | null;
}

const WITHOUT_FRONT_DOOR = `--import=${join(projectRoot, "tests/support/without-front-door.mjs")}`;

export const DOORS: readonly Door[] = [
	{ door: "the front door", env: {}, frame: null },
	{ door: "the routes behind it", env: { NODE_OPTIONS: WITHOUT_FRONT_DOOR }, frame: "DENY" },
];
