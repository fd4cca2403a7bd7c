"use client";

import { Button } from "@/app/_ui/button";
import { classNames } from "@/app/_ui/class-names";
import { useSubmission } from "@/app/_ui/use-submission";

export interface TestOutcome {
	ok: boolean;
	/** Null when there was no answer. */
	answerStatus: number | null;
	answerText: string | null;
	durationMs: number | null;
	/** What went wrong; null when nothing did. */
	message: string | null;
}

/** Sends a test message and tells what the receiver answered. */
export function SendTestButton({ name, action }: { name: string; action: () => Promise<TestOutcome> }) {
	const { result: outcome, pending, form } = useSubmission<TestOutcome>(action, unanswered);
	return (
		<form {...form} className="flex min-w-0 items-center justify-end gap-2">
			<span role="status" className="min-w-0 text-right text-xs">
				{outcome && !pending && (
					<>
						<span
							title={outcome.message ?? undefined}
							className={classNames("line-clamp-3 wrap-anywhere", outcome.ok ? "text-pass" : "text-fail")}
						>
							{outcome.ok ? `HTTP ${outcome.answerStatus} in ${outcome.durationMs} ms` : outcome.message}
						</span>
						{outcome.answerText && (
							<span title={outcome.answerText} className="line-clamp-1 font-mono text-2xs wrap-anywhere text-muted">
								{outcome.answerText}
							</span>
						)}
					</>
				)}
			</span>
			<Button type="submit" size="sm" aria-label={`Test ${name}`} aria-disabled={pending}>
				{pending ? "Sending" : "Test"}
			</Button>
		</form>
	);
}

function unanswered(message: string): TestOutcome {
	return { ok: false, answerStatus: null, answerText: null, durationMs: null, message };
}
