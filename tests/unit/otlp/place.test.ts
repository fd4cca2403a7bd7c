import { describe, expect, it } from "vitest";
import { ITEM, PAIR, Place } from "@/lib/otlp/place";

function place(): Place {
	const here = new Place();
	here.enter("resourceSpans", 0);
	here.enter("spans", 3);
	here.enter("attributes", 7);
	here.label("input");
	here.enter(PAIR, 2);
	here.label("k".repeat(500));
	here.enter(ITEM, 0);
	return here;
}

describe("Place", () => {
	it("tells the way by numbers, from any step on, and into a field", () => {
		expect(place().text()).toBe("resourceSpans[0].spans[3].attributes[7]{2}[0]");
		expect(place().text(2)).toBe("attributes[7]{2}[0]");
		expect(place().text(2, "intValue")).toBe("attributes[7]{2}[0].intValue");
		expect(new Place().text(0, "name")).toBe("name");
		expect(new Place().text()).toBe("");
	});

	it("tells it by keys, in short", () => {
		expect(place().text(2, "", true)).toBe(`attributes[input]{${"k".repeat(80)}…}[0]`);
	});

	it("forgets a step that was left, and its key", () => {
		const here = place();
		for (let step = 0; step < 3; step++) here.leave();
		here.enter("events", 1);
		expect(here.text(0, "", true)).toBe("resourceSpans[0].spans[3].events[1]");
		here.returnTo(1);
		expect(here.text()).toBe("resourceSpans[0]");
	});

	it("leaves out the middle of a long way", () => {
		const here = new Place();
		here.enter("attributes", 0);
		for (let step = 1; step < 300; step++) here.enter(ITEM, step);
		expect(here.text()).toBe("attributes[0][1][2][3][4][5]…[294][295][296][297][298][299]");
	});
});
