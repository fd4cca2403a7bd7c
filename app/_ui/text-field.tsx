"use client";

import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";
import { Field, type FieldProps } from "@/app/_ui/field";

type Props = FieldProps & Omit<ComponentProps<"input">, keyof FieldProps | "id"> & { code?: boolean };

/** One line of text; `code` sets it in the fixed-width face. */
export function TextField({ name, label, hint, optional, className, code, ...input }: Props) {
	return (
		<Field {...{ name, label, hint, optional, className }}>
			{(control) => (
				<input
					autoComplete="off"
					spellCheck={false}
					{...input}
					{...control}
					className={classNames(control.className, "h-8", code && "font-mono text-xs")}
				/>
			)}
		</Field>
	);
}
