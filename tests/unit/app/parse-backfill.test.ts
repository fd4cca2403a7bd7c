import { expect, it } from "vitest";
import { parseBackfill } from "@/app/p/[project]/rules/[ruleId]/parse-backfill";

const NOW = new Date("2026-03-10T12:00:00Z");

function parse(fields: Record<string, string>) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return parseBackfill(form, NOW);
}

it("reads a period as the time up to now, whatever the hidden fields hold", () => {
	expect(parse({ period: "24h", from: "nonsense", to: "" })).toEqual({
		wish: { from: new Date("2026-03-09T12:00:00Z"), to: NOW, anew: false },
		refusal: null,
	});
});

it("reads two moments as UTC", () => {
	expect(parse({ period: "between", from: "2026-03-01T00:00", to: "2026-03-02T06:30", anew: "on" }).wish).toEqual({
		from: new Date("2026-03-01T00:00:00Z"),
		to: new Date("2026-03-02T06:30:00Z"),
		anew: true,
	});
});

it.each([
	[{ from: "", to: "2026-03-02T06:30" }, "from"],
	[{ from: "2026-03-02T06:30", to: "2026-03-02T06:30" }, "to"],
	[{ from: "2026-03-02T06:30", to: "2026-13-99T99:99" }, "to"],
])("refuses %j at the field %s", (fields, name) => {
	const { wish, refusal } = parse({ period: "between", ...fields });
	expect(wish).toBeNull();
	expect(refusal).toMatchObject({ ok: false, fields: { [name]: expect.any(String) } });
});
