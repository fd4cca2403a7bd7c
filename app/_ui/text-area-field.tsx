"use client";

import type { ComponentProps } from "react";
import { Field, type FieldProps } from "@/app/_ui/field";

type Props = FieldProps & Omit<ComponentProps<"textarea">, keyof FieldProps | "id">;

export function TextAreaField({ name, label, hint, optional, className, ...area }: Props) {
	return (
		<Field {...{ name, label, hint, optional, className }}>
			{(control) => <textarea rows={5} {...area} {...control} />}
		</Field>
	);
}
