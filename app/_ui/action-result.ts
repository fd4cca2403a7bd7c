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

/**
 * The result of a form that did not parse: the first mistake of each field. `words` says what the form calls the names
 * that the API's messages use.
 */
export function invalidForm(error: z.ZodError, words: Record<string, string> = {}): ActionResult {
	const fields: Record<string, string> = {};
	for (const issue of error.issues) {
		let message = issue.message;
		for (const [name, word] of Object.entries(words)) message = message.replaceAll(name, word);
		fields[issue.path.join(".")] ??= sentence(message);
	}
	return { ok: false, message: "Some fields need another look.", fields };
}

function sentence(text: string): string {
	const start = text.charAt(0).toUpperCase() + text.slice(1);
	return start.endsWith(".") ? start : `${start}.`;
}
