"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { useFormState } from "@/app/_ui/action-form";
import { Button, type ButtonStyle } from "@/app/_ui/button";

/** Submits the surrounding ActionForm and shows that it is under way, without changing its width. */
export function SubmitButton({ children, ...props }: ComponentProps<"button"> & ButtonStyle) {
	const { pending } = useFormState();
	return (
		<Button type="submit" variant="primary" aria-disabled={pending} {...props}>
			<span className="grid items-center justify-items-center">
				<span className={pending ? "invisible [grid-area:1/1]" : "inline-flex items-center gap-1.5 [grid-area:1/1]"}>
					{children}
				</span>
				{pending && <LoaderCircle aria-label="Working" className="size-4 animate-spin [grid-area:1/1]" />}
			</span>
		</Button>
	);
}
