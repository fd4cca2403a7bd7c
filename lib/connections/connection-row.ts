import type { Connection } from "@/lib/connections/connection";
import type { Connection as Row } from "@/lib/db/generated/client";

/** A stored connection as people may see it. */
export function fromConnectionRow(row: Row): Connection {
	return {
		id: row.id,
		name: row.name,
		baseUrl: row.baseUrl,
		model: row.model,
		protocol: row.protocol,
		credentialRef: row.credentialRef,
		hasInlineKey: row.sealedKey !== null,
		maxConcurrency: row.maxConcurrency,
		requestsPerMinute: row.requestsPerMinute,
		blockedAt: row.blockedAt,
		blockedReason: row.blockedReason,
		createdAt: row.createdAt,
	};
}
