"use client";

import { useState } from "react";
import { ActionForm } from "@/app/_ui/action-form";
import type { ActionResult } from "@/app/_ui/action-result";
import { FormMessage } from "@/app/_ui/form-message";
import { formatCounted } from "@/app/_ui/format-number";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextField } from "@/app/_ui/text-field";

export interface RepriceRange {
	/** Instants; empty when not given. */
	from: string;
	to: string;
	cursor: string | null;
}

export interface RepriceOutcome {
	examined: number;
	changed: number;
	/** Where the next call goes on; null when the range is done or could not be worked on. */
	next: string | null;
	result: ActionResult;
}

interface Progress {
	examined: number;
	changed: number;
	done: boolean;
}

/** Prices stored spans again, piece by piece, and says how far it is. */
export function RepriceForm({ action }: { action: (range: RepriceRange) => Promise<RepriceOutcome> }) {
	const [progress, setProgress] = useState<Progress | null>(null);

	async function reprice(_previous: ActionResult | null, form: FormData): Promise<ActionResult> {
		const range = { from: instant(form.get("from")), to: instant(form.get("to")) };
		let [examined, changed] = [0, 0];
		let cursor: string | null = null;
		setProgress(null);
		for (;;) {
			const outcome: RepriceOutcome = await action({ ...range, cursor });
			examined += outcome.examined;
			changed += outcome.changed;
			cursor = outcome.next;
			if (outcome.result.ok || examined > 0) setProgress({ examined, changed, done: outcome.result.ok && !cursor });
			if (!outcome.result.ok || cursor === null) return outcome.result;
		}
	}

	return (
		<ActionForm action={reprice} aria-label="Price stored spans again" className="flex max-w-2xl flex-col gap-4">
			<div className="grid gap-4 sm:grid-cols-2">
				<TextField name="from" label="Spans that start from" type="datetime-local" hint="In your time zone." />
				<TextField name="to" label="And before" type="datetime-local" />
			</div>
			<FormMessage />
			<div className="flex flex-wrap items-center gap-3">
				<SubmitButton variant="secondary">Price again</SubmitButton>
				<p role="status" className="text-sm text-muted">
					{progress && progressText(progress)}
				</p>
			</div>
		</ActionForm>
	);
}

function progressText({ examined, changed, done }: Progress): string {
	const counts = `${formatCounted(examined, "span")} looked at, ${formatCounted(changed, "cost")} changed`;
	return done ? `Done: ${counts}.` : `${counts} so far.`;
}

/** A moment in the reader's time zone, as the field gives it, in UTC. */
function instant(value: FormDataEntryValue | null): string {
	const moment = new Date(String(value ?? ""));
	return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}
