import { describe, expect, it } from "vitest";
import { command } from "@/lib/clickhouse/command";
import { sql, string, uint } from "@/lib/clickhouse/sql";
import { expectConsistent, readBooks } from "@/tests/support/read-books";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ARRIVALS = 2_400_000;
const SPANS = 2_300_000;

/** Arrivals over twenty minutes that ended a few minutes ago; each of the first hundred thousand spans comes twice. */
function arrive(projectId: string): Promise<void> {
	return command(
		"many arrivals",
		sql`INSERT INTO span_arrivals (minute, project_id, received_at, inserted_at, expires_at, identity)
			SELECT toStartOfMinute(at), ${string(projectId)}, at, at + toIntervalMillisecond(20), at + toIntervalSecond(10),
				sipHash64(number % ${uint(SPANS)})
			FROM (SELECT number, now64(3, 'UTC') - toIntervalMillisecond(1500000 - intDiv(number, 2)) AS at
				FROM numbers(${uint(ARRIVALS)}))`,
	);
}

describe("the books of millions of arrivals", () => {
	it("are exact, and are not drawn up again at once", async () => {
		const project = await newProject();
		await arrive(project.id);
		const books = await readBooks(project, 60);
		expectConsistent(books);
		// All have expired, so none is missed.
		expect(books).toMatchObject({
			received: ARRIVALS,
			stored: SPANS,
			duplicates: ARRIVALS - SPANS,
			missing: 0,
			lag: { p50Ms: 20, p99Ms: 20 },
		});
		expect(books.minutes.length).toBeGreaterThanOrEqual(20);
		expect(books.minutes[0]?.duplicates).toBeGreaterThan(0);
		expect(books.minutes.at(-1)?.duplicates).toBe(0);
		expect(await readBooks(project, 60)).toBe(books);
		expect(await readBooks(project, 59)).not.toBe(books);
	});
});
