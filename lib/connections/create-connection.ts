import { randomUUID } from "node:crypto";
import type { Connection, ConnectionInput } from "@/lib/connections/connection";
import { fromConnectionRow } from "@/lib/connections/connection-row";
import { sealSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isUniqueViolation } from "@/lib/db/prisma-errors";
import { AppError, invalidInput } from "@/lib/errors";

/** Creates a connection with exactly one credential. A name already taken is `conflict`. */
export async function createConnection(input: ConnectionInput): Promise<Connection> {
	const { apiKey, credentialRef, ...rest } = input;
	if (Boolean(apiKey) === Boolean(credentialRef)) {
		throw invalidInput("exactly one of apiKey or credentialRef must be set");
	}
	const id = randomUUID();
	const sealedKey = apiKey ? sealSecret(apiKey, id) : null;
	try {
		const row = await withDatabase(() =>
			db().connection.create({ data: { id, ...rest, sealedKey, credentialRef: credentialRef ?? null } }),
		);
		return fromConnectionRow(row);
	} catch (error) {
		if (isUniqueViolation(error)) throw nameTaken(input.name);
		throw error;
	}
}

export function nameTaken(name: string): AppError {
	return new AppError("conflict", `An LLM connection named "${name}" already exists`);
}
