"use client";

import { type ReactNode, useId } from "react";
import { useFormState } from "@/app/_ui/action-form";
import { classNames } from "@/app/_ui/class-names";

export interface FieldProps {
	name: string;
	label: ReactNode;
	hint?: ReactNode;
	optional?: boolean;
	className?: string;
}

interface ControlProps {
	id: string;
	name: string;
	"aria-describedby": string | undefined;
	"aria-invalid": boolean | undefined;
	"aria-required": boolean | undefined;
	className: string;
}

const CONTROL = classNames(
	"block w-full rounded-md border border-field-line bg-surface px-2.5 py-1.5 text-sm text-ink placeholder:text-faint",
	"aria-invalid:border-fail",
);

/** Label, control, hint and the mistake that the surrounding form's action found, wired together for screen readers. */
export function Field({
	name,
	label,
	hint,
	optional,
	className,
	children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
	const id = useId();
	const { result } = useFormState();
	const mistake = result && !result.ok ? result.fields?.[name] : undefined;
	const describedBy = [hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(" ") || undefined;
	return (
		<div className={classNames("flex min-w-0 flex-col gap-1", className)}>
			<label htmlFor={id} className="flex items-baseline justify-between gap-2 text-sm font-medium text-ink">
				{label}
				{optional && <span className="text-xs font-normal text-faint">Optional</span>}
			</label>
			{children({
				id,
				name,
				"aria-describedby": describedBy,
				"aria-invalid": mistake ? true : undefined,
				"aria-required": optional ? undefined : true,
				className: CONTROL,
			})}
			{mistake && (
				<p id={`${id}-mistake`} className="text-xs text-fail">
					{mistake}
				</p>
			)}
			{hint && (
				<p id={`${id}-hint`} className="text-xs text-pretty text-faint">
					{hint}
				</p>
			)}
		</div>
	);
}
