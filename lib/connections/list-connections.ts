import type { Connection } from "@/lib/connections/connection";
import { fromConnectionRow } from "@/lib/connections/connection-row";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";

/** All connections, oldest first. */
export async function listConnections(): Promise<Connection[]> {
	const rows = await withDatabase(() => db().connection.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] }));
	return rows.map(fromConnectionRow);
}
