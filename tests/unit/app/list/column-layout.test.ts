import { describe, expect, it } from "vitest";
import { printLayout, readLayout, WIDTH_MAX, WIDTH_MIN } from "@/app/_ui/data-table/column-layout";
import { hideColumn, moveColumn, placeColumn, setWidth, showColumn } from "@/app/_ui/data-table/edit-columns";

const COLUMNS = [{ id: "time" }, { id: "name", isFixed: true }, { id: "cost" }, { id: "release", isOptional: true }];
const USUAL = readLayout(null, COLUMNS);
const ids = (shown: readonly { id: string }[]) => shown.map(({ id }) => id).join(",");

describe("a table's columns as text", () => {
	it("are the usual ones when nobody chose, and then need no text", () => {
		expect(ids(USUAL)).toBe("time,name,cost");
		expect(printLayout(USUAL, COLUMNS)).toBeNull();
	});

	it("come back as they were written, with order, choice and widths", () => {
		const text = "release:240,name,time:90";
		expect(printLayout(readLayout(text, COLUMNS), COLUMNS)).toBe(text);
	});

	it.each(["", "nobody,else", "<script>", "name".repeat(1000), "NAME:12"])(
		"of no known column are the usual ones: %.20s",
		(text) => {
			expect(readLayout(text, COLUMNS)).toEqual(USUAL);
		},
	);

	it("keep a fixed column, leave out repeated and unknown ones, and bound every width", () => {
		const read = readLayout("cost:1,cost:99,gone,time:9999", COLUMNS);
		expect(read).toEqual([
			{ id: "name", width: null },
			{ id: "cost", width: WIDTH_MIN },
			{ id: "time", width: WIDTH_MAX },
		]);
	});
});

describe("changing columns", () => {
	it("moves one past its neighbour and not beyond an end", () => {
		expect(ids(moveColumn(USUAL, "time", 1))).toBe("name,time,cost");
		expect(ids(moveColumn(USUAL, "cost", -1))).toBe("time,cost,name");
		expect(moveColumn(USUAL, "time", -1)).toBe(USUAL);
		expect(moveColumn(USUAL, "cost", 1)).toBe(USUAL);
	});

	it("drops one before or after another", () => {
		expect(ids(placeColumn(USUAL, "time", "cost", "after"))).toBe("name,cost,time");
		expect(ids(placeColumn(USUAL, "cost", "time", "before"))).toBe("cost,time,name");
		expect(placeColumn(USUAL, "gone", "time", "after")).toBe(USUAL);
	});

	it("hides, shows and sizes one without touching the others", () => {
		expect(ids(showColumn(hideColumn(USUAL, "time"), "release"))).toBe("name,cost,release");
		expect(setWidth(USUAL, "cost", 10)[2]).toEqual({ id: "cost", width: WIDTH_MIN });
		expect(setWidth(setWidth(USUAL, "cost", 300), "cost", null)).toEqual(USUAL);
	});
});
