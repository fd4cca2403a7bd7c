export type KeyGroup = "Everywhere" | "Lists" | "Trace";

interface KeyRow {
	/** What `useKey` binds. */
	action: string;
	/** Each a stroke as `strokeOf` names it, or two of them in a row: `j`, `?`, `mod+k`, `enter`, `g t`. */
	keys: readonly string[];
	group: KeyGroup;
	/** For the help and the palette, as a line of its own. */
	does: string;
}

/**
 * Every key of the product: what is not here cannot be bound, and what is here is what the help shows. `d`, `p` and `r`
 * are kept for datasets, tests and replay.
 */
export const KEY_TABLE = [
	{ action: "palette", keys: ["mod+k"], group: "Everywhere", does: "Open the command palette" },
	{ action: "help", keys: ["?"], group: "Everywhere", does: "Show keyboard shortcuts" },
	{ action: "search", keys: ["/"], group: "Everywhere", does: "Search or filter" },
	{ action: "close", keys: ["esc"], group: "Everywhere", does: "Close what is innermost" },
	{ action: "go.overview", keys: ["g o"], group: "Everywhere", does: "Go to the overview" },
	{ action: "go.traces", keys: ["g t"], group: "Everywhere", does: "Go to traces" },
	{ action: "go.spans", keys: ["g s"], group: "Everywhere", does: "Go to spans" },
	{ action: "go.sessions", keys: ["g e"], group: "Everywhere", does: "Go to sessions" },
	{ action: "go.users", keys: ["g u"], group: "Everywhere", does: "Go to users" },
	{ action: "go.rules", keys: ["g r"], group: "Everywhere", does: "Go to rules" },
	{ action: "go.alerts", keys: ["g a"], group: "Everywhere", does: "Go to alerts" },
	{ action: "go.connections", keys: ["g c"], group: "Everywhere", does: "Go to connections" },
	{ action: "go.ingest", keys: ["g i"], group: "Everywhere", does: "Go to ingest health" },

	{ action: "row.next", keys: ["j", "down"], group: "Lists", does: "Next row or span" },
	{ action: "row.previous", keys: ["k", "up"], group: "Lists", does: "Previous row or span" },
	{ action: "row.open", keys: ["enter"], group: "Lists", does: "Open it" },
	{ action: "row.select", keys: ["space"], group: "Lists", does: "Select the row" },
	{ action: "live", keys: ["l"], group: "Lists", does: "Live updates on or off" },

	{ action: "trace.view", keys: ["t"], group: "Trace", does: "Switch between transcript, tree and raw" },
	{ action: "trace.find", keys: ["mod+f"], group: "Trace", does: "Find in the trace" },
	{ action: "trace.previousSibling", keys: ["["], group: "Trace", does: "Previous span beside this one" },
	{ action: "trace.nextSibling", keys: ["]"], group: "Trace", does: "Next span beside this one" },
	{ action: "trace.fold", keys: ["left"], group: "Trace", does: "Fold, or go to the parent" },
	{ action: "trace.unfold", keys: ["right"], group: "Trace", does: "Unfold, or go to the first child" },
	{ action: "trace.nextError", keys: ["x"], group: "Trace", does: "Next error" },
	{ action: "trace.slowest", keys: ["s"], group: "Trace", does: "Slowest span" },
	{ action: "trace.costliest", keys: ["c"], group: "Trace", does: "Most expensive span" },
	{ action: "trace.evaluate", keys: ["e"], group: "Trace", does: "Evaluate now" },
	{ action: "trace.note", keys: ["n"], group: "Trace", does: "Write a note" },
	{ action: "trace.thumbsUp", keys: ["+"], group: "Trace", does: "Thumbs up" },
	{ action: "trace.thumbsDown", keys: ["-"], group: "Trace", does: "Thumbs down" },
] as const satisfies readonly KeyRow[];

export type KeyAction = (typeof KEY_TABLE)[number]["action"];
