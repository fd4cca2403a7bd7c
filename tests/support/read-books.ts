import { expect } from "vitest";
import type { IngestCounts, IngestHealth } from "@/lib/accounting/ingest-health";
import { readIngestHealth } from "@/lib/accounting/read-ingest-health";
import type { Project } from "@/lib/projects/project";
import { eventually } from "@/tests/support/eventually";

export type Accounts = Pick<IngestCounts, "received" | "stored" | "duplicates" | "rejected" | "inFlight">;

/** The books of a project of the last few minutes; `none`: of spans that named no project, null: of everything. */
export function readBooks(project: Project | "none" | null, minutes = 5): Promise<IngestHealth> {
	const projectIds = project === null ? null : [project === "none" ? "" : project.id];
	return readIngestHealth({ projectIds, minutes });
}

/** The five accounts alone, those that are not named being zero. */
export function accounts(counts: Partial<Accounts>): Accounts {
	return { received: 0, stored: 0, duplicates: 0, rejected: 0, inFlight: 0, ...counts };
}

/** What must be true of any books, whenever they are read. */
export function expectConsistent(books: IngestHealth): void {
	for (const counts of [books, ...books.minutes, ...books.projects]) {
		const { received, stored, duplicates, rejected, inFlight, rejectedByReason } = counts;
		for (const count of [received, stored, duplicates, rejected, inFlight]) expect(count).toBeGreaterThanOrEqual(0);
		const reasons = Object.values(rejectedByReason).reduce((sum, count) => sum + count, 0);
		expect(reasons).toBe(rejected);
		if (books.balanced) expect(stored + duplicates + rejected + inFlight).toBe(received);
	}
	for (const parts of [books.minutes, books.projects]) {
		for (const account of ["received", "stored", "duplicates", "rejected", "inFlight"] as const) {
			expect(parts.reduce((sum, part) => sum + part[account], 0)).toBe(books[account]);
		}
	}
}

/** Reads the books until they say this and nothing is missing. */
export function expectBooks(project: Project | "none" | null, expected: Partial<Accounts>): Promise<IngestHealth> {
	return eventually(
		async () => {
			const books = await readBooks(project);
			expectConsistent(books);
			const { received, stored, duplicates, rejected, inFlight, missing, balanced } = books;
			const found = { received, stored, duplicates, rejected, inFlight, missing, balanced };
			expect(found).toEqual({ ...accounts(expected), missing: 0, balanced: true });
			return books;
		},
		{ timeoutMs: 30_000, intervalMs: 200 },
	);
}
