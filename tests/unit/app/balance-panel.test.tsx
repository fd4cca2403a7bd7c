import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BalancePanel } from "@/app/p/[project]/ingest/balance-panel";
import type { IngestHealth } from "@/lib/accounting/ingest-health";

function panel(audit: Pick<IngestHealth, "missing" | "balanced" | "stored">): string {
	const counts = {
		received: 1_204,
		duplicates: 50,
		rejected: 4,
		inFlight: 0,
		rejectedByReason: { "name is missing": 4 },
	};
	const lists = { minutes: [], projects: [], senders: [], rejections: [], refusedRequests: [] };
	const period = { from: new Date(0), to: new Date(3_600_000) };
	const health: IngestHealth = { ...counts, ...lists, ...period, lastError: null, lag: null, ...audit };
	return renderToStaticMarkup(<BalancePanel health={health} />);
}

describe("the balance of the books", () => {
	it("is told quietly when nothing is missing", () => {
		const html = panel({ missing: 0, balanced: true, stored: 1_150 });
		expect(html).toContain("The books balance");
		expect(html).toContain("1,204 received = 1,150 stored + 50 duplicates + 4 rejected + 0 in flight<");
		expect(html).not.toContain('role="alert"');
	});

	it("is an alarm with the number when spans are missing", () => {
		const html = panel({ missing: 3, balanced: false, stored: 1_147 });
		expect(html).toContain('role="alert"');
		expect(html).toContain("The books do not balance: 3 spans missing");
		expect(html).toContain("1,147 stored + 50 duplicates + 4 rejected + 0 in flight + 3 missing<");
		expect(html).not.toContain("The books balance");
	});

	it("claims nothing when the store could not be looked through", () => {
		const html = panel({ missing: null, balanced: null, stored: 1_150 });
		expect(html).toContain("Not checked");
		expect(html).toContain("is not known");
		expect(html).not.toContain("The books balance");
		expect(html).not.toContain('role="alert"');
	});
});
