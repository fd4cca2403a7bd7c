import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ENV_KEYS } from "@/lib/env";

it(".env.example names exactly the variables that the product reads, at most 30", () => {
	const text = readFileSync(".env.example", "utf8");
	const named = new Set(
		text.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b|^#(PORT|HOST)(?==)/gm)?.map((key) => key.replace("#", "")),
	);
	expect([...named].sort()).toEqual([...ENV_KEYS].sort());
	expect(ENV_KEYS.length).toBeLessThanOrEqual(30);
});
