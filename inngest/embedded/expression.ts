import { type CelInput, celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import type { StoredEvent } from "@/inngest/embedded/stored-event";

export type Expression = (event: StoredEvent) => string | number | boolean | null;

/**
 * Compiles an Inngest expression such as `event.data.projectId` (CEL). Throws when it cannot be parsed. What an event
 * does not contain is null, and so is a value that is neither text, number nor boolean.
 */
export function compileExpression(source: string): Expression {
	const evaluate = plan(celEnv(), parse(source));
	return (event) => {
		const value = evaluate({ event: event as unknown as CelInput });
		if (isCelError(value)) return null;
		if (typeof value === "bigint") return Number(value);
		return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
	};
}
