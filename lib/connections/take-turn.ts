import { z } from "zod";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

const MINUTE_MS = 60_000;
// Calls reach the provider with some delay, one more, the other less: its own count must not see more than allowed.
const SLACK = 1.02;

const Turn = z.array(z.object({ wait_ms: z.number() }));

/**
 * A turn to call over a connection that people limited to so many requests a minute, over all processes. Calls are spaced
 * evenly, without bursts. `taken`: the call may go out after `waitMs`, at most `patienceMs`. Else no turn was taken, and
 * asking again makes sense after `waitMs`. The moments are those of the database's clock.
 */
export async function takeTurn(
	connection: { id: string; requestsPerMinute: number | null },
	patienceMs: number,
): Promise<{ taken: boolean; waitMs: number }> {
	if (connection.requestsPerMinute === null) return { taken: true, waitMs: 0 };
	const { id } = connection;
	const patience = patienceMs / 1000;
	const interval = ((MINUTE_MS / connection.requestsPerMinute) * SLACK) / 1000;
	const taken = await withDatabase(
		() => db().$queryRaw`
			UPDATE connections
			SET next_call_at = greatest(next_call_at, clock_timestamp()) + make_interval(secs => ${interval})
			WHERE id = ${id}::uuid
				AND (next_call_at IS NULL OR next_call_at <= clock_timestamp() + make_interval(secs => ${patience}))
			RETURNING extract(epoch FROM next_call_at - clock_timestamp())::float8 * 1000 - ${interval * 1000}::float8 AS wait_ms`,
	);
	const [turn] = Turn.parse(taken);
	if (turn) return { taken: true, waitMs: Math.max(0, Math.ceil(turn.wait_ms)) };
	const later = await withDatabase(
		() => db().$queryRaw`
			SELECT extract(epoch FROM next_call_at - clock_timestamp())::float8 * 1000 AS wait_ms
			FROM connections WHERE id = ${id}::uuid AND next_call_at IS NOT NULL`,
	);
	return { taken: false, waitMs: Math.max(0, Math.ceil(Turn.parse(later)[0]?.wait_ms ?? 0)) };
}
