import { db } from "@/lib/db/client";
import { answerInTime } from "@/lib/health/answer-in-time";
import type { Beat } from "@/lib/health/beat";

/** The last beat of any process; null before the first one. Fails when the database says nothing for three seconds. */
export async function findLastBeat(name: Beat): Promise<Date | null> {
	const row = await answerInTime(async () => db().heartbeat.findUnique({ where: { name }, select: { beatAt: true } }));
	return row?.beatAt ?? null;
}
