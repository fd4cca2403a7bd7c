import { describe, expect, it } from "vitest";
import { paletteGroups } from "@/app/p/[project]/_palette/palette-groups";

const ONE = {
	segment: "p1",
	isOneProject: true,
	actions: ["help", "row.next", "live", "palette"] as const,
	views: [{ id: "v1", name: "Slow ones", page: "traces" as const, query: "filter=latency+%3E+2s" }],
	projects: [
		{ id: "p1", name: "shop" },
		{ id: "p2", name: "billing" },
	],
};
const offered = (typed: string, known: Parameters<typeof paletteGroups>[1] = ONE) =>
	Object.fromEntries(paletteGroups(typed, known).map(({ value, items }) => [value, items]));
const hrefs = (typed: string) =>
	(offered(typed).Traces ?? []).map(({ does }) => ("href" in does ? decodeURIComponent(does.href) : ""));

describe("paletteGroups()", () => {
	it("offers every page, the other projects and what the page can do, without moves of rows", () => {
		const { "Go to": pages, Projects, Here, Traces } = offered("");
		expect(pages?.map(({ label }) => label)).toContain("Traces");
		expect(Projects?.map(({ label }) => label)).toEqual(["All projects", "billing"]);
		expect(Here?.map(({ id }) => id)).toEqual(["help", "live"]);
		expect(Traces).toBeUndefined();
	});

	it("opens a saved view as it was saved", () => {
		const [view] = offered("slow")["Saved views"] ?? [];
		expect(view?.does).toEqual({ href: "/p/p1/traces?filter=latency+%3E+2s" });
	});

	it("has no page of one project for all of them", () => {
		const labels = offered("", { ...ONE, isOneProject: false })["Go to"]?.map(({ label }) => label);
		expect(labels).not.toContain("Rules");
	});

	it.each([
		["hex digits", "4BF92F3577B34DA6A3CE929D0E0E4736"],
		["a UUID", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"],
		["a traceparent header", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
	])("opens a trace by its id as %s", (_, typed) => {
		expect(hrefs(typed)).toEqual(["/p/p1/traces/4bf92f3577b34da6a3ce929d0e0e4736"]);
	});

	it("looks for words, and filters first where something is compared", () => {
		expect(hrefs("lost parcel")).toEqual(["/p/p1/traces?q=lost+parcel"]);
		expect(hrefs("latency > 2s")).toEqual(["/p/p1/traces?filter=latency+>+2s", "/p/p1/traces?q=latency+>+2s"]);
	});
});
