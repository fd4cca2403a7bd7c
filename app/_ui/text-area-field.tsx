"use client";

import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";
import { Field, type FieldProps } from "@/app/_ui/field";

type Props = FieldProps & Omit<ComponentProps<"textarea">, keyof FieldProps | "id"> & { code?: boolean };

/** Several lines of text; `code` sets it in the fixed-width face. */
export function TextAreaField({ name, label, hint, optional, className, code, ...area }: Props) {
	return (
		<Field {...{ name, label, hint, optional, className }}>
			{(control) => (
				<textarea
					rows={5}
					{...(code && { spellCheck: false, autoComplete: "off" })}
					{...area}
					{...control}
					className={classNames(control.className, code && "font-mono text-xs")}
				/>
			)}
		</Field>
	);
}
