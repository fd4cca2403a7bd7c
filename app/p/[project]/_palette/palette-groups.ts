import { KEY_TABLE, type KeyAction } from "@/app/p/[project]/_keys/key-table";
import type { PaletteView } from "@/app/p/[project]/_palette/list-views-action";
import { pagesOf } from "@/app/p/[project]/page-table";

export interface PaletteItem {
	id: string;
	label: string;
	/** Keys that do the same. */
	keys: readonly string[];
	does: { href: string } | { theme: string } | { action: KeyAction };
}

/** Named as the palette's component wants groups: their items under `items`. */
export interface PaletteGroup {
	value: string;
	items: PaletteItem[];
}

interface Known {
	/** URL segment of the shown project. */
	segment: string;
	isOneProject: boolean;
	projects: readonly { id: string; name: string }[];
	/** What the page itself can do at a key. */
	actions: readonly KeyAction[];
	views: readonly PaletteView[];
}

/** Of no use out of a list of commands: they move from where one is, or are in the list by their page. */
const KEYS_ONLY = /^(row|go)\.|^(palette|close)$/;

const THEMES = [
	{ theme: "light", label: "Theme: light" },
	{ theme: "dark", label: "Theme: dark" },
	{ theme: "system", label: "Theme: as the system" },
];

const TRACE_ID = /^[0-9a-f]{32}$/i;
/** As W3C writes it into a header. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i;
/** A comparison, which words to look for seldom hold. */
const COMPARISON = /[=<>~]|\b(contains|in|exists)\b/i;

/**
 * What the palette offers for what was typed: every command that has the words, and what to look for among traces; that
 * comes first where it is clear, for a trace's id or a comparison.
 */
export function paletteGroups(
	typed: string,
	{ segment, isOneProject, projects, actions, views }: Known,
): PaletteGroup[] {
	const text = typed.trim();
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const fits = ({ label }: PaletteItem) => words.every((word) => label.toLowerCase().includes(word));
	const pages = pagesOf(isOneProject).map((page) => ({
		id: `page ${page.segment}`,
		label: page.name,
		keys: keysOf(page.action),
		does: { href: `/p/${segment}/${page.segment}` },
	}));
	const others = [{ id: "all", name: "All projects" }, ...projects]
		.filter(({ id }) => id !== segment)
		.map(({ id, name }) => ({ id: `project ${id}`, label: name, keys: [], does: { href: `/p/${id}` } }));
	const saved = views.map(({ id, name, page, query }) => ({
		id: `view ${id}`,
		label: name,
		keys: [],
		does: { href: `/p/${segment}/${page}?${query}` },
	}));
	const here = KEY_TABLE.filter(({ action }) => actions.includes(action) && !KEYS_ONLY.test(action)).map(
		({ action, does, keys }) => ({ id: action, label: does, keys, does: { action } }),
	);
	const settings = [
		...THEMES.map(({ theme, label }) => ({ id: `theme ${theme}`, label, keys: [], does: { theme } })),
		{ id: "projects", label: "Manage projects", keys: [], does: { href: "/" } },
	];
	const commands = [
		{ value: "Go to", items: pages.filter(fits) },
		{ value: "Saved views", items: saved.filter(fits) },
		{ value: "Here", items: here.filter(fits) },
		{ value: "Projects", items: others.filter(fits) },
		{ value: "Settings", items: settings.filter(fits) },
	];
	const traces = { value: "Traces", items: sought(text, segment) };
	return (COMPARISON.test(text) || traceIdIn(text) ? [traces, ...commands] : [...commands, traces]).filter(
		({ items }) => items.length > 0,
	);
}

/** The id of a trace in any of the forms that people copy, or null. */
function traceIdIn(text: string): string | null {
	const hex = TRACEPARENT.exec(text)?.[1] ?? text.replaceAll("-", "");
	return TRACE_ID.test(hex) ? hex.toLowerCase() : null;
}

function sought(text: string, segment: string): PaletteItem[] {
	if (text === "") return [];
	const traces = `/p/${segment}/traces`;
	const traceId = traceIdIn(text);
	if (traceId) {
		return [{ id: "trace", label: `Open trace ${traceId}`, keys: [], does: { href: `${traces}/${traceId}` } }];
	}
	const find: PaletteItem = {
		id: "find",
		label: `Find “${text}” in traces`,
		keys: [],
		does: { href: `${traces}?${new URLSearchParams({ q: text })}` },
	};
	const filter: PaletteItem = {
		id: "filter",
		label: `Traces where ${text}`,
		keys: [],
		does: { href: `${traces}?${new URLSearchParams({ filter: text })}` },
	};
	return COMPARISON.test(text) ? [filter, find] : [find];
}

function keysOf(action: KeyAction | null): readonly string[] {
	return KEY_TABLE.find((row) => row.action === action)?.keys ?? [];
}
