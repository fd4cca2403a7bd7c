import { openSecret, Secret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { credentialFromEnv } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";

/** The connection with its key, ready for a call; `conflict` when its environment variable is unset. */
export async function openConnection(id: string): Promise<ModelEndpoint> {
	const row = await withDatabase(() => db().connection.findUnique({ where: { id } }));
	if (!row) throw notFound("LLM connection");
	return { baseUrl: row.baseUrl.replace(/\/+$/, ""), model: row.model, protocol: row.protocol, key: keyOf(row) };
}

function keyOf(row: { id: string; sealedKey: string | null; credentialRef: string | null }): Secret {
	if (row.sealedKey) return openSecret(row.sealedKey, row.id);
	const value = row.credentialRef ? credentialFromEnv(row.credentialRef) : undefined;
	if (!value)
		throw new AppError("conflict", `The environment variable ${row.credentialRef} of the connection is not set`);
	return new Secret(value);
}
