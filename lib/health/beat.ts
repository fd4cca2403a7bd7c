import { db } from "@/lib/db/client";

/** What beats, by the name of its row. */
export type Beat = "sweep";

/** Notes that something which must come again and again has just come. */
export async function beat(name: Beat, at: Date = new Date()): Promise<void> {
	await db().heartbeat.upsert({ where: { name }, create: { name, beatAt: at }, update: { beatAt: at } });
}
