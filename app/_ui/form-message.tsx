"use client";

import { CircleAlert } from "lucide-react";
import { useFormState } from "@/app/_ui/action-form";

/** Why the surrounding ActionForm was refused; nothing while all is well. */
export function FormMessage() {
	const { result } = useFormState();
	return (
		<div role="alert">
			{result && !result.ok && (
				<p className="flex items-start gap-1.5 text-xs text-fail">
					<CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
					{result.message}
				</p>
			)}
		</div>
	);
}
