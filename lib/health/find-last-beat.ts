import { db } from "@/lib/db/client";
import type { Beat } from "@/lib/health/beat";

/** The last beat of any process; null before the first one. */
export async function findLastBeat(name: Beat): Promise<Date | null> {
	const row = await db().heartbeat.findUnique({ where: { name }, select: { beatAt: true } });
	return row?.beatAt ?? null;
}
