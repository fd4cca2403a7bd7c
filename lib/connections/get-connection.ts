import type { Connection } from "@/lib/connections/connection";
import { fromConnectionRow } from "@/lib/connections/connection-row";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** The connection of that id; `not_found` for anything else. */
export async function getConnection(id: string): Promise<Connection> {
	const row = isUuid(id) ? await withDatabase(() => db().connection.findUnique({ where: { id } })) : null;
	if (!row) throw notFound("LLM connection");
	return fromConnectionRow(row);
}
