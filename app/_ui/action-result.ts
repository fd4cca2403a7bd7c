import { unstable_rethrow as rethrowNavigation } from "next/navigation";
import type { z } from "zod";
import { isAppError } from "@/lib/errors";

/** How a server action ended. `fields` says what is wrong with which form field, by its name. */
export type ActionResult = { ok: true } | { ok: false; message: string; fields?: Record<string, string> };

export type FormAction = (previous: ActionResult | null, form: FormData) => Promise<ActionResult>;

/** Runs the one verb of an action and renders its failure in words that are safe to show. */
export async function actionResult(work: () => Promise<unknown>): Promise<ActionResult> {
	try {
		await work();
		return { ok: true };
	} catch (error) {
		rethrowNavigation(error);
		return { ok: false, message: failureMessage(error) };
	}
}

/** What a person may read about a failure. */
export function failureMessage(error: unknown): string {
	return isAppError(error) && error.code !== "internal" ? error.publicMessage : "Something went wrong on our side.";
}

/** The result of a form that did not parse: the first mistake of each field. */
export function invalidForm(error: z.ZodError): ActionResult {
	const fields: Record<string, string> = {};
	for (const issue of error.issues) fields[issue.path.join(".")] ??= sentence(issue.message);
	return { ok: false, message: "Some fields need another look.", fields };
}

function sentence(text: string): string {
	const start = text.charAt(0).toUpperCase() + text.slice(1);
	return start.endsWith(".") ? start : `${start}.`;
}
