import { clipText } from "@/app/_ui/clip-text";

const SHOWN_MAX = 3;
const VALUE_CHARS = 60;

/** Short texts in a row, the rest counted; nothing where there are none. */
export function ValueList({ values, total = values.length }: { values: readonly string[]; total?: number }) {
	const more = total - Math.min(values.length, SHOWN_MAX);
	return (
		<span title={values.map((value) => clipText(value, VALUE_CHARS).shown).join("\n")} className="flex gap-1">
			{values.slice(0, SHOWN_MAX).map((value) => (
				<span key={value} className="min-w-0 truncate rounded bg-sunken px-1.5 text-2xs leading-5 text-muted">
					{clipText(value, VALUE_CHARS).shown}
				</span>
			))}
			{more > 0 && <span className="shrink-0 text-2xs leading-5 text-faint">+{more}</span>}
		</span>
	);
}
