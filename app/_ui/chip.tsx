import type { ComponentProps, ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";

const TONES = {
	neutral: "bg-sunken text-muted",
	pass: "bg-pass-soft text-pass",
	fail: "bg-fail-soft text-fail",
	warn: "bg-warn-soft text-warn",
	info: "bg-info-soft text-info",
	accent: "bg-accent-soft text-accent-ink",
};
export type Tone = keyof typeof TONES;

/** A short fact in a coloured pill; the icon or the words must say what the colour says. */
export function Chip({
	tone = "neutral",
	icon,
	className,
	children,
	...props
}: ComponentProps<"span"> & { tone?: Tone; icon?: ReactNode }) {
	return (
		<span
			className={classNames(
				"inline-flex h-5 max-w-full items-center gap-1 rounded px-1.5 text-2xs font-medium whitespace-nowrap tabular-nums [&>svg]:size-3 [&>svg]:shrink-0",
				TONES[tone],
				className,
			)}
			{...props}
		>
			{icon}
			{children}
		</span>
	);
}
