"use client";

import { useId } from "react";

interface Props {
	name: string;
	label: string;
	hint?: string;
	defaultChecked?: boolean;
}

/** Sends `name=on` when ticked and nothing otherwise. */
export function CheckboxField({ name, label, hint, defaultChecked }: Props) {
	const id = useId();
	return (
		<div className="flex items-start gap-2">
			<input
				id={id}
				type="checkbox"
				name={name}
				defaultChecked={defaultChecked}
				aria-describedby={hint && `${id}-hint`}
				className="mt-0.5 size-4 accent-accent"
			/>
			<div>
				<label htmlFor={id} className="block text-sm font-medium text-ink">
					{label}
				</label>
				{hint && (
					<p id={`${id}-hint`} className="text-xs text-faint">
						{hint}
					</p>
				)}
			</div>
		</div>
	);
}
