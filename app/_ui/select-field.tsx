"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";
import { Field, type FieldProps } from "@/app/_ui/field";

type Props = FieldProps & Omit<ComponentProps<"select">, keyof FieldProps | "id">;

/** The platform's own list: it works without JavaScript and on every screen. */
export function SelectField({ name, label, hint, optional, className, ...select }: Props) {
	return (
		<Field {...{ name, label, hint, optional, className }}>
			{(control) => (
				<span className="relative block">
					<select {...select} {...control} className={classNames(control.className, "h-8 appearance-none pr-8")} />
					<ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2.5 size-4 text-faint" />
				</span>
			)}
		</Field>
	);
}
