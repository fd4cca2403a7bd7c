import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BackfillLine } from "@/app/p/[project]/rules/[ruleId]/backfill-line";
import type { BackfillProgress } from "@/lib/evaluations/backfill";

const AT = new Date("2026-11-22T12:00:00Z");

const BACKFILL: BackfillProgress = {
	id: "b",
	projectId: "p",
	ruleId: "r",
	traceId: null,
	from: AT,
	to: AT,
	anew: false,
	status: "DONE",
	matched: 10,
	planned: 10,
	ended: 10,
	failed: 0,
	overBudget: 0,
	open: 0,
	lastError: null,
	createdAt: AT,
	endedAt: AT,
};

function line(given: Partial<BackfillProgress>): string {
	return renderToStaticMarkup(
		<BackfillLine backfill={{ ...BACKFILL, ...given }} cancel={async () => ({ ok: true })} />,
	);
}

describe("how far a backfill has come", () => {
	it("is done when everything was judged", () => {
		const html = line({});
		expect(html).toContain(">done<");
		expect(html).not.toContain("over budget");
	});

	it("is incomplete when the budget left some out, and says how many", () => {
		const html = line({ ended: 7, overBudget: 3 });
		expect(html).not.toContain(">done<");
		expect(html).toContain(">incomplete<");
		expect(html).toContain("7 of 10 judged");
		expect(html).toContain("3 not judged: over budget");
	});

	it("is under way while others are still to be judged", () => {
		expect(line({ ended: 6, overBudget: 3, open: 1 })).toContain(">judging<");
	});
});
