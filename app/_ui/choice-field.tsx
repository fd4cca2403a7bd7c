import { useId } from "react";
import { classNames } from "@/app/_ui/class-names";

interface Choice {
	value: string;
	label: string;
	hint?: string;
}

interface Props {
	name: string;
	legend: string;
	choices: Choice[];
	defaultValue: string;
	className?: string;
}

/** A few exclusive choices side by side. Other parts of a form may follow it with `group-has-[...]`. */
export function ChoiceField({ name, legend, choices, defaultValue, className }: Props) {
	const id = useId();
	return (
		<fieldset className={classNames("flex min-w-0 flex-col gap-1", className)}>
			<legend className="mb-1 text-sm font-medium text-ink">{legend}</legend>
			<div className="grid gap-2 sm:grid-cols-2">
				{choices.map((choice) => (
					<label
						key={choice.value}
						className={classNames(
							"flex items-start gap-2 rounded-md border border-line bg-surface px-2.5 py-2 hover:bg-hover",
							"has-checked:border-accent-ink has-checked:bg-accent-soft",
							"has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink",
						)}
					>
						<input
							type="radio"
							aria-labelledby={`${id}-${choice.value}`}
							aria-describedby={choice.hint && `${id}-${choice.value}-hint`}
							name={name}
							value={choice.value}
							defaultChecked={choice.value === defaultValue}
							className="mt-0.5 size-3.5 accent-accent outline-none"
						/>
						<span className="min-w-0">
							<span id={`${id}-${choice.value}`} className="block text-sm text-ink">
								{choice.label}
							</span>
							{choice.hint && (
								<span id={`${id}-${choice.value}-hint`} className="block text-xs text-muted">
									{choice.hint}
								</span>
							)}
						</span>
					</label>
				))}
			</div>
		</fieldset>
	);
}
