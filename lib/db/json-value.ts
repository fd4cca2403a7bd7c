import type { Prisma } from "@/lib/db/generated/client";

/** A value as a JSON column takes it: what JSON cannot say is left out. */
export function jsonValue(value: object): Prisma.InputJsonObject {
	return JSON.parse(JSON.stringify(value));
}
