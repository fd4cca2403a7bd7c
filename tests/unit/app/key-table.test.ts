import { describe, expect, it } from "vitest";
import { KEY_TABLE } from "@/app/p/[project]/_keys/key-table";
import { strokeOf } from "@/app/p/[project]/_keys/stroke-of";

const KEYS = KEY_TABLE.flatMap(({ keys }): readonly string[] => keys);
const PLAIN = { code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("KEY_TABLE", () => {
	it("binds no key twice, and none that begins a sequence", () => {
		expect(KEYS).toEqual([...new Set(KEYS)]);
		const first = KEYS.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]);
		expect(KEYS.filter((key) => first.includes(key))).toEqual([]);
	});

	it("keeps d, p and r for what comes later", () => {
		expect(KEYS.filter((key) => ["d", "p", "r"].includes(key))).toEqual([]);
	});
});

describe("strokeOf()", () => {
	it.each([
		["a letter", { key: "j" }, "j"],
		["a letter under caps lock", { key: "J" }, "j"],
		["a letter of a layout without Latin ones", { key: "о", code: "KeyJ" }, "j"],
		["a mark that needs shift", { key: "?", shiftKey: true }, "?"],
		["a bracket that needs AltGr", { key: "[", ctrlKey: true, altKey: true }, "["],
		["a named key", { key: "ArrowDown" }, "down"],
		["control and a letter", { key: "k", ctrlKey: true }, "mod+k"],
	])("names %s", (_, pressed, stroke) => {
		expect(strokeOf({ ...PLAIN, ...pressed }, false)).toBe(stroke);
	});

	it.each([
		["shift and a letter", { key: "J", shiftKey: true }],
		["alt and an arrow, the browser's way back", { key: "ArrowLeft", altKey: true }],
		["the system's key and a letter", { key: "k", metaKey: true }],
	])("leaves %s to others", (_, pressed) => {
		expect(strokeOf({ ...PLAIN, ...pressed }, false)).toBeNull();
	});

	it("takes Command for mod on Apple's machines, and leaves Control to the text field", () => {
		expect(strokeOf({ ...PLAIN, key: "k", metaKey: true }, true)).toBe("mod+k");
		expect(strokeOf({ ...PLAIN, key: "k", ctrlKey: true }, true)).toBeNull();
	});
});
