import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

// The house as data: every room with the rooms it may import. What is not here is not allowed; ARCHITECTURE.md tells why.

const GROUND = ["lib/env", "lib/errors", "lib/ids", "lib/time", "lib/json", "lib/logger", "lib/text", "lib/together"];
const TOOLS = ["lib/crypto", "lib/db", "lib/clickhouse", "lib/http"];
const NOUNS = ["lib/span", "lib/otlp", "lib/projects"];
const CRAFTS = [
	...[
		"lib/genai",
		"lib/pricing",
		"lib/llm",
		"lib/auth",
		"lib/traces",
		"lib/scores",
		"lib/filter",
		"lib/rules",
		"lib/checks",
	],
];
const WORK = ["lib/judge", "lib/connections", "lib/accounting", "lib/ingest"];
const FLOWS = [
	...["lib/evaluations", "lib/webhooks", "lib/alerts", "lib/triggers", "lib/retention", "lib/health"],
	...["lib/overview", "lib/views", "lib/feedback"],
];

const ARROWS: Record<string, readonly string[]> = {
	"lib/env": ["lib/errors"],
	"lib/errors": [],
	"lib/ids": [],
	"lib/time": [],
	"lib/json": ["lib/errors"],
	"lib/logger": [],
	"lib/text": [],
	"lib/together": [],
	"lib/crypto": GROUND,
	"lib/db": GROUND,
	"lib/clickhouse": GROUND,
	"lib/http": GROUND,
	"lib/span": GROUND,
	"lib/otlp": [...GROUND, "lib/span"],
	"lib/projects": [...GROUND, ...TOOLS],
	"lib/genai": [...GROUND, "lib/span"],
	"lib/pricing": [...GROUND, ...TOOLS, "lib/span"],
	"lib/connections": [...GROUND, ...TOOLS, "lib/llm"],
	"lib/llm": [...GROUND, ...TOOLS],
	"lib/auth": [...GROUND, ...TOOLS, "lib/projects"],
	"lib/filter": [...GROUND, "lib/clickhouse", "lib/span"],
	"lib/rules": [...GROUND, ...TOOLS, "lib/filter", "lib/checks", "lib/judge"],
	"lib/traces": [...GROUND, ...TOOLS, "lib/span", "lib/filter"],
	"lib/scores": [...GROUND, ...TOOLS],
	"lib/checks": [...GROUND, "lib/span"],
	"lib/judge": [...GROUND, "lib/llm", "lib/span"],
	"lib/accounting": [...GROUND, ...TOOLS],
	"lib/ingest": [...GROUND, ...TOOLS, ...NOUNS, "lib/genai", "lib/pricing", "lib/traces", "lib/accounting"],
	"lib/receive": [
		...GROUND,
		"lib/clickhouse",
		"lib/http",
		"lib/otlp",
		"lib/auth",
		"lib/accounting",
		"lib/ingest",
		"inngest",
	],
	"lib/evaluations": [...GROUND, ...TOOLS, ...NOUNS, ...CRAFTS, "lib/judge", "lib/connections"],
	"lib/webhooks": [...GROUND, ...TOOLS],
	"lib/alerts": [...GROUND, ...TOOLS, "lib/webhooks"],
	"lib/triggers": [...GROUND, ...TOOLS],
	"lib/views": [...GROUND, ...TOOLS],
	"lib/feedback": [...GROUND, ...TOOLS],
	"lib/retention": [...GROUND, ...TOOLS],
	"lib/health": [...GROUND, ...TOOLS],
	"lib/overview": [...GROUND, "lib/clickhouse", "lib/span", "lib/traces"],
	"lib/local": [...GROUND, "lib/db"],
	"lib/cli": GROUND,
	inngest: [...GROUND, ...TOOLS, ...NOUNS, ...CRAFTS, ...WORK, ...FLOWS],
	// Doors translate: no store, no secret and no model is reached from a page or a route but through a verb.
	app: [
		...GROUND,
		"lib/http",
		...NOUNS,
		...CRAFTS.filter((room) => room !== "lib/llm"),
		...WORK,
		...FLOWS,
		"lib/receive",
		"inngest",
	],
	// Opens and closes everything, so it may reach the tools.
	instrumentation: [...GROUND, ...TOOLS, "lib/accounting", "lib/receive", "inngest"],
};

const ROOT = join(import.meta.dirname, "../..");
const FORBIDDEN_NAMES = /^(utils|helpers|common|types|constants|service|manager|index)\.tsx?$/;

interface Source {
	path: string;
	room: string;
	text: string;
	imports: string[];
}

function walk(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = `${folder}/${entry.name}`;
		if (entry.isDirectory()) return path === "lib/db/generated" ? [] : walk(path);
		return /\.(tsx?|mjs)$/.test(entry.name) ? [path] : [];
	});
}

function roomOf(path: string): string {
	const [top = "", second = ""] = path.split("/");
	if (top === "lib") return `lib/${second.replace(/\.ts$/, "")}`;
	return top.startsWith("instrumentation") ? "instrumentation" : top;
}

// `import type` counts: a type too says who knows whom.
function importsOf(path: string, text: string): string[] {
	const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)(?:\/\*[^*]*\*\/\s*)?"([^"]+)"/g);
	return [...found].flatMap(([, specifier = ""]) => {
		if (specifier.startsWith("@/")) return [specifier.slice(2)];
		if (specifier.startsWith(".")) return [normalize(join(dirname(path), specifier))];
		return [];
	});
}

const sources: Source[] = [
	...walk("app"),
	...walk("lib"),
	...walk("inngest"),
	"instrumentation.ts",
	"instrumentation-node.ts",
].map((path) => {
	const text = readFileSync(join(ROOT, path), "utf8");
	return { path, room: roomOf(path), text, imports: importsOf(path, text) };
});

function offenders(pattern: RegExp, allowed: readonly string[] = []): string[] {
	return sources.filter(({ path, text }) => !allowed.includes(path) && pattern.test(text)).map(({ path }) => path);
}

describe("architecture", () => {
	it("has an entry in the arrow table for every room", () => {
		expect([...new Set(sources.map(({ room }) => room))].filter((room) => !(room in ARROWS))).toEqual([]);
	});

	it("has no arrow that the table does not have", () => {
		const wrong = sources.flatMap(({ path, room, imports }) =>
			imports
				.filter((target) => roomOf(target) !== room && !ARROWS[room]?.includes(roomOf(target)))
				.map((target) => `${path} -> ${target}`),
		);
		expect(wrong).toEqual([]);
	});

	it("has no cycle between rooms in the table, nor between files", () => {
		const files = new Map(
			sources.map(({ path, imports }) => [
				path.replace(/\.(tsx?|mjs)$/, ""),
				imports.map((target) => target.replace(/\/$/, "").replace(/^inngest$/, "inngest/index")),
			]),
		);
		expect(findCycle(new Map(Object.entries(ARROWS)))).toBeNull();
		expect(findCycle(files)).toBeNull();
	});

	it("imports no private file of another room", () => {
		const wrong = sources.flatMap(({ path, room, imports }) =>
			imports
				.filter((target) => /(^|\/)_[^/]+$/.test(target) && roomOf(target) !== room)
				.map((target) => `${path} -> ${target}`),
		);
		expect(wrong).toEqual([]);
	});

	it.each(["lib/local", "lib/cli"])("imports %s from nowhere", (started) => {
		expect(
			sources.filter(({ room, imports }) => room !== started && imports.some((t) => roomOf(t) === started)),
		).toEqual([]);
	});

	it("lets the interface primitives know no noun of the product", () => {
		const wrong = sources
			.filter(({ path }) => path.startsWith("app/_ui/"))
			.flatMap(({ path, imports }) =>
				imports.filter((t) => t.startsWith("lib/") && !GROUND.includes(roomOf(t))).map((t) => `${path} -> ${t}`),
			);
		expect(wrong).toEqual([]);
	});

	it("reads process.env in one file, the process starters apart", () => {
		const starters = ["lib/local/start.ts", "lib/local/clickhouse-host.ts", "lib/cli/main.ts", "instrumentation.ts"];
		expect(offenders(/process\.env\b/, ["lib/env.ts", ...starters])).toEqual([]);
	});

	it("opens HTTP connections in one file, the command line's and the supervisor's own apart", () => {
		const own = ["lib/cli/api-client.ts", "lib/local/ask-loopback.ts", "lib/local/demo/call-api.ts"];
		expect(offenders(/(?<![\w.])fetch\(/, own)).toEqual([]);
		const clients = /\* as \w+ from "node:https?"|\b(request|get)\b[^;]* from "node:https?"|from "(undici|axios)"/;
		expect(offenders(clients, ["lib/http/request-at.ts", ...own])).toEqual([]);
	});

	it("filters every statement on spans and scores by project, store-wide upkeep apart", () => {
		const upkeep = ["lib/retention/expire-traces.ts", "lib/accounting/finish-broken-inserts.ts"];
		const tables = "(?:spans|spans_by_time|trace_extents|scores)";
		const reads = sources.filter(({ text }) => new RegExp(`\\b(FROM|INTO) ${tables}\\b`).test(text));
		expect(reads.length).toBeGreaterThan(3);
		const statements = reads
			.filter(({ path }) => !upkeep.includes(path))
			.flatMap(({ path, text }) =>
				[...text.matchAll(new RegExp(`sql\`([^\`]*\\b(?:FROM|INTO) ${tables}\\b[^\`]*)\``, "g"))].map(
					([, sql = ""]) => ({
						path,
						sql,
					}),
				),
			);
		// Conditions that name the project themselves.
		const named = /project_id|\$\{(?:chosen|lines|linesOf\(|linesIn\(|inProjects\()/;
		expect(statements.filter(({ sql }) => !named.test(sql))).toEqual([]);
	});

	it("gives client components nothing that only a server may import", () => {
		const serverOnly = [...TOOLS, "lib/env", "lib/auth", "inngest"];
		const wrong = sources
			.filter(({ text }) => /^["']use client["']/.test(text))
			.flatMap(({ path, imports }) =>
				imports.filter((t) => serverOnly.includes(roomOf(t))).map((t) => `${path} -> ${t}`),
			);
		expect(wrong).toEqual([]);
	});

	it("names no file after nothing", () => {
		const wrong = sources
			.map(({ path }) => path)
			.filter((path) => FORBIDDEN_NAMES.test(path.split("/").at(-1) ?? "") && path !== "inngest/index.ts");
		expect(wrong).toEqual([]);
	});

	it("uses no `any`", () => {
		expect(offenders(/(:|\bas|<)\s*any\b/)).toEqual([]);
	});
});

/** A cycle of names, or null. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
	const done = new Set<string>();
	const visit = (name: string, trail: string[]): string[] | null => {
		if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
		if (done.has(name)) return null;
		for (const next of graph.get(name) ?? []) {
			const cycle = visit(next, [...trail, name]);
			if (cycle) return cycle;
		}
		done.add(name);
		return null;
	};
	for (const name of graph.keys()) {
		const cycle = visit(name, []);
		if (cycle) return cycle.map((file) => relative(".", file));
	}
	return null;
}
