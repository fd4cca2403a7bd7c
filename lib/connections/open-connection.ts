import { openSecret, Secret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import type { AnswerForm, Connection as Row } from "@/lib/db/generated/client";
import { credentialFromEnv } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { together } from "@/lib/together";

/** A connection with its key, ready for a call. */
export interface OpenConnection extends ModelEndpoint {
	id: string;
	requestsPerMinute: number | null;
	/** Null while it is not known in which forms the model can answer. */
	answerForm: AnswerForm | null;
}

/** Opens a connection; `conflict` when its environment variable is unset. */
export async function openConnection(id: string): Promise<OpenConnection> {
	const row = (await findRows([id])).get(id);
	if (!row) throw notFound("LLM connection");
	const { model, protocol, requestsPerMinute, answerForm } = row;
	const baseUrl = row.baseUrl.replace(/\/+$/, "");
	return { id, baseUrl, model, protocol, key: keyOf(row), requestsPerMinute, answerForm };
}

// Of many evaluations at once, most ask for the same one.
const findRows = together<string, Row>(async (ids) => {
	const rows = await withDatabase(() => db().connection.findMany({ where: { id: { in: ids.filter(isUuid) } } }));
	return new Map(rows.map((row) => [row.id, row]));
});

function keyOf(row: { id: string; sealedKey: string | null; credentialRef: string | null }): Secret {
	if (row.sealedKey) return openSecret(row.sealedKey, row.id);
	const value = row.credentialRef ? credentialFromEnv(row.credentialRef) : undefined;
	if (!value)
		throw new AppError("conflict", `The environment variable ${row.credentialRef} of the connection is not set`);
	return new Secret(value);
}
