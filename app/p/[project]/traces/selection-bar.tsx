"use client";

import { Columns2, Download, Gavel, Trash2, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { ActionResult } from "@/app/_ui/action-result";
import { Button, buttonClass } from "@/app/_ui/button";
import { CheckboxField } from "@/app/_ui/checkbox-field";
import { ConfirmButton } from "@/app/_ui/confirm-button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { formatCounted } from "@/app/_ui/format-number";
import { SelectField } from "@/app/_ui/select-field";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { exportHref } from "@/app/p/[project]/traces/export-href";
import { deleteTracesAction, evaluateTracesAction } from "@/app/p/[project]/traces/trace-actions";
import type { TraceRow } from "@/app/p/[project]/traces/trace-row";

interface Props {
	/** URL segment of the project. */
	segment: string;
	selected: readonly TraceRow[];
	/** That can judge them; none where the list is of all projects. */
	rules: readonly { id: string; name: string }[];
	onClear: () => void;
}

/** What can be done with the selected traces; floats over the end of the list. */
export function SelectionBar({ segment, selected, rules, onClear }: Props) {
	const [note, setNote] = useState<string | null>(null);
	useKey("close", onClear);
	const traceIds = selected.map(({ traceId }) => traceId);

	async function evaluate(previous: ActionResult | null, form: FormData): Promise<ActionResult> {
		const result = await evaluateTracesAction(segment, traceIds, previous, form);
		if (result.ok) setNote("Evaluations are under way");
		return result;
	}

	async function remove(): Promise<ActionResult> {
		const result = await deleteTracesAction(segment, traceIds);
		if (result.ok) onClear();
		return result;
	}

	return (
		<div
			role="toolbar"
			aria-label="Selected traces"
			className="absolute bottom-3 left-1/2 z-30 flex max-w-[calc(100%-1rem)] -translate-x-1/2 flex-wrap items-center gap-2 rounded-lg border border-line bg-surface p-2 pl-3 shadow-raised"
		>
			<span role="status" className="text-xs font-medium whitespace-nowrap text-ink">
				{note ?? `${formatCounted(selected.length, "trace")} selected`}
			</span>
			{rules.length > 0 && (
				<FormDialog
					trigger={
						<>
							<Gavel aria-hidden className="size-3.5" />
							Evaluate
						</>
					}
					title={`Evaluate ${formatCounted(selected.length, "trace")}`}
					submit="Evaluate now"
					action={evaluate}
					size="sm"
				>
					<SelectField
						name="ruleId"
						label="Rule"
						hint="It judges what fits its own filter, within its share and budget."
					>
						{rules.map(({ id, name }) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</SelectField>
					<CheckboxField name="anew" label="Judge again what has a verdict" />
				</FormDialog>
			)}
			{traceIds.length === 2 && (
				<Link
					href={`/p/${segment}/compare?a=${traceIds[0]}&b=${traceIds[1]}`}
					prefetch={false}
					className={buttonClass({ size: "sm" })}
				>
					<Columns2 aria-hidden className="size-3.5" />
					Compare
				</Link>
			)}
			<a href={exportHref(segment, traceIds)} download className={buttonClass({ size: "sm" })}>
				<Download aria-hidden className="size-3.5" />
				Export JSON
			</a>
			<ConfirmButton
				title={`Delete ${formatCounted(selected.length, "trace")}?`}
				text="Their spans, logs and scores go with them, for everybody and for good."
				confirm="Delete"
				action={remove}
				variant="danger"
				size="sm"
			>
				<Trash2 aria-hidden className="size-3.5" />
				Delete
			</ConfirmButton>
			<Button
				variant="ghost"
				size="icon"
				aria-label="Clear the selection"
				title="Clear the selection"
				onClick={onClear}
			>
				<X aria-hidden className="size-3.5" />
			</Button>
		</div>
	);
}
