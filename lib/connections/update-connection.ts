import type { Connection, ConnectionInput } from "@/lib/connections/connection";
import { fromConnectionRow } from "@/lib/connections/connection-row";
import { nameTaken } from "@/lib/connections/create-connection";
import { sealSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isMissingRow, isUniqueViolation } from "@/lib/db/prisma-errors";
import { invalidInput, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/**
 * Replaces name, URL and model; an absent protocol or credential keeps the stored one, and a credential of the other kind
 * takes the old one's place.
 */
export async function updateConnection(id: string, input: ConnectionInput): Promise<Connection> {
	const { apiKey, credentialRef, protocol, ...rest } = input;
	if (apiKey && credentialRef) throw invalidInput("at most one of apiKey or credentialRef may be set");
	if (!isUuid(id)) throw notFound("LLM connection");
	const credential = apiKey
		? { sealedKey: sealSecret(apiKey, id.toLowerCase()), credentialRef: null }
		: credentialRef
			? { sealedKey: null, credentialRef }
			: {};
	try {
		const row = await withDatabase(() =>
			db().connection.update({
				where: { id }, // What the model took before says nothing of another one.
				data: { ...rest, ...(protocol ? { protocol } : {}), ...credential, answerForm: null },
			}),
		);
		return fromConnectionRow(row);
	} catch (error) {
		if (isMissingRow(error)) throw notFound("LLM connection");
		if (isUniqueViolation(error)) throw nameTaken(input.name);
		throw error;
	}
}
