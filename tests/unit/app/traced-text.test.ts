import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

it("no page turns text into HTML or code", () => {
	const sources = readdirSync(join(ROOT, "app"), { recursive: true, encoding: "utf8" }).filter((path) =>
		/\.tsx?$/.test(path),
	);
	expect(sources.length).toBeGreaterThan(50);
	const wrong = sources.filter((path) =>
		/dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|srcDoc|document\.write|\beval\(|new Function\(/.test(
			readFileSync(join(ROOT, "app", path), "utf8"),
		),
	);
	expect(wrong).toEqual([]);
});
