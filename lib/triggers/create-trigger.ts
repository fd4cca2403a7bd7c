import { randomBytes, randomUUID } from "node:crypto";
import { Secret, sealSecret } from "@/lib/crypto/secret-box";
import { db } from "@/lib/db/client";
import { withDatabase } from "@/lib/db/database-error";
import { isForeignKeyViolation } from "@/lib/db/prisma-errors";
import { notFound } from "@/lib/errors";
import type { Trigger, TriggerInput } from "@/lib/triggers/trigger";
import { fromTriggerRow } from "@/lib/triggers/trigger-row";

/** Tells scanners for leaked secrets what it is. */
const PREFIX = "swt_";
const SECRET_BYTES = 32;

/** Makes a trigger of a project. This is the only time its secret is given away: 256 random bits behind `swt_`. */
export async function createTrigger(
	projectId: string,
	{ name }: TriggerInput,
): Promise<{ trigger: Trigger; secret: Secret }> {
	const id = randomUUID();
	const secret = new Secret(`${PREFIX}${randomBytes(SECRET_BYTES).toString("base64url")}`);
	const sealedSecret = sealSecret(secret.reveal(), id);
	try {
		const row = await withDatabase(() =>
			db().evaluationTrigger.create({ data: { id, projectId, name, sealedSecret } }),
		);
		return { trigger: fromTriggerRow(row), secret };
	} catch (error) {
		if (isForeignKeyViolation(error)) throw notFound("Project");
		throw error;
	}
}
