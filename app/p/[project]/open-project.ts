import { notFound } from "next/navigation";
import { cache } from "react";
import { requirePerson } from "@/lib/auth/require-person";
import { type ProjectScope, requireProject } from "@/lib/auth/require-project";
import { isAppError } from "@/lib/errors";

/**
 * The visitor's right to be here and whose data the page shows, once per request. Every page asks for itself: a page can
 * be requested without its layout.
 */
export const openProject = cache(async (segment: string): Promise<ProjectScope> => {
	await requirePerson();
	return requireProject(segment).catch(orNotFound);
});

/** Turns `not_found` of a verb into the not-found page. */
export function orNotFound(error: unknown): never {
	if (isAppError(error) && error.code === "not_found") notFound();
	throw error;
}
