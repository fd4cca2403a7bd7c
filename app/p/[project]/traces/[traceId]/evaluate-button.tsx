"use client";

import { Gavel } from "lucide-react";
import { useRef } from "react";
import { ActionForm, useFormState } from "@/app/_ui/action-form";
import { buttonClass } from "@/app/_ui/button";
import { useKey } from "@/app/p/[project]/_keys/use-key";
import { evaluateTraceAction } from "@/app/p/[project]/traces/[traceId]/evaluate-trace-action";

/** Has the rules of the project judge the trace now. */
export function EvaluateButton({ segment, traceId }: { segment: string; traceId: string }) {
	const form = useRef<HTMLDivElement>(null);
	useKey("trace.evaluate", () => form.current?.querySelector("form")?.requestSubmit());
	return (
		<div ref={form} className="contents">
			<ActionForm action={evaluateTraceAction.bind(null, segment, traceId)} className="flex items-center gap-1">
				<Submit />
			</ActionForm>
		</div>
	);
}

function Submit() {
	const { pending, result } = useFormState();
	return (
		<>
			<span role="status" className="text-2xs text-faint">
				{result?.ok ? "Asked for" : result?.message}
			</span>
			<button
				type="submit"
				aria-label="Evaluate now"
				aria-busy={pending}
				title="Have every enabled rule judge it now (e)"
				className={buttonClass({ variant: "ghost", size: "icon" })}
			>
				<Gavel aria-hidden className="size-3.5" />
			</button>
		</>
	);
}
