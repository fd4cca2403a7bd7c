import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { derive } from "@/lib/genai/derive";
import { decodeJson } from "@/lib/otlp/decode-json";
import { decodeLogsJson } from "@/lib/otlp/decode-logs-json";
import type { ReportedSpan } from "@/lib/span/span";

// What real senders sent, against what their documentation and the recorded program say it means.

const FOLDER = join(import.meta.dirname, "../../fixtures/senders");
const LOGS = "recorded-logs.json";

interface Expected {
	sender: string;
	packages: Record<string, string>;
	spans: {
		name: string;
		/** Which of the spans of that name, in the order they were sent. */
		nth?: number;
		about: string;
		/** Derived fields in snake_case; a dot reaches into a field. */
		expected: Record<string, unknown>;
	}[];
}

interface Manifest {
	dependencies: Record<string, string>;
}

const senders = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, "expected.json")));

describe.each(senders)("%s", (sender) => {
	const expectation = readJson<Expected>(sender, "expected.json");
	const { spans, rejections } = decodeJson(read(sender, "recorded.json"));
	const decodedLogs = decodeLogsJson(existsSync(join(FOLDER, sender, LOGS)) ? read(sender, LOGS) : "");

	it.each(expectation.spans)("$name: $about", ({ name, nth = 0, expected }) => {
		const span = spans.filter((candidate) => candidate.name === name)[nth];
		if (!span) throw new Error(`the recording has fewer spans of that name: ${name}`);
		const derived = derive(span, logsOf(span));
		const actual = Object.fromEntries(Object.keys(expected).map((field) => [field, valueAt(derived, field)]));
		expect(actual).toEqual(expected);
	});

	it("is decoded without a loss", () => {
		expect([...rejections, ...decodedLogs.rejections]).toEqual([]);
		expect(decodedLogs.dropped).toBe(0);
	});

	it("was recorded with the versions that are said", () => {
		expect(readJson<Manifest>(sender, "package.json").dependencies).toMatchObject(expectation.packages);
		const named = spans.filter(({ scope }) => scope.name in expectation.packages && scope.version !== "");
		expect(named.map(({ scope }) => scope.version)).toEqual(named.map(({ scope }) => expectation.packages[scope.name]));
	});

	function logsOf(span: ReportedSpan) {
		return decodedLogs.logs.filter((log) => log.traceId === span.traceId && log.spanId === span.spanId);
	}
});

it("holds every sender's recording, program, manifest and expectation", () => {
	const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const files = ["expected.json", "package.json", "record.mjs", "recorded.json"];
	expect(senders.length).toBeGreaterThan(9);
	expect(folders.map(({ name }) => [name, files.filter((file) => !existsSync(join(FOLDER, name, file)))])).toEqual(
		folders.map(({ name }) => [name, []]),
	);
});

function read(sender: string, file: string): string {
	return readFileSync(join(FOLDER, sender, file), "utf8");
}

function readJson<T>(sender: string, file: string): T {
	return JSON.parse(read(sender, file));
}

/** `usage.cache_read` of `derived.usage`; the first name is snake_case for a camelCase field, the others are as they are. */
function valueAt(derived: object, path: string): unknown {
	const [first = "", ...rest] = path.split(".");
	const field = camelCase(first);
	if (!(field in derived)) throw new Error(`no derived field is called ${field}`);
	let value: unknown = Reflect.get(derived, field);
	for (const name of rest) {
		if (typeof value !== "object" || value === null) return undefined;
		value = Reflect.get(value, field === "trace" ? camelCase(name) : name);
	}
	return value;
}

function camelCase(name: string): string {
	return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
