"use client";

import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { useSubmission } from "@/app/_ui/use-submission";

export interface TestOutcome {
	ok: boolean;
	message: string;
	/** Null when the model was not asked. */
	latencyMs: number | null;
}

/** Asks the connection's model for a word and tells how it went. */
export function TestButton({ name, action }: { name: string; action: () => Promise<TestOutcome> }) {
	const { result: outcome, pending, form } = useSubmission<TestOutcome>(action, unanswered);
	return (
		<form {...form} className="flex min-w-0 items-center gap-2">
			<span role="status" className="min-w-0 text-right text-xs">
				{outcome && !pending && (
					<span
						title={outcome.message}
						className={classNames("line-clamp-2 wrap-anywhere", outcome.ok ? "text-pass" : "text-fail")}
					>
						{outcome.ok ? `Answered in ${outcome.latencyMs} ms` : outcome.message}
					</span>
				)}
			</span>
			<Button type="submit" size="sm" aria-label={`Test ${name}`} aria-disabled={pending}>
				{pending ? "Testing" : "Test"}
			</Button>
		</form>
	);
}

function unanswered(message: string): TestOutcome {
	return { ok: false, message, latencyMs: null };
}
