import { unstable_rethrow as rethrowNavigation } from "next/navigation";

/** What a person may read when a server action gave no result. Next's own errors, such as a redirect, go on to Next. */
export function actionTrouble(error: unknown): string {
	rethrowNavigation(error);
	return "The server did not answer. Try again.";
}
