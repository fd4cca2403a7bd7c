import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";

const VARIANTS = {
	primary: "bg-accent text-on-accent border-transparent hover:bg-accent-hover",
	secondary: "bg-surface text-ink border-line hover:bg-hover",
	ghost: "bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink",
	danger: "bg-surface text-fail border-line hover:bg-fail-soft",
};
const SIZES = {
	sm: "h-7 px-2.5 text-xs gap-1.5",
	md: "h-8 px-3 text-sm gap-2",
	icon: "size-7 text-xs",
};

export interface ButtonStyle {
	variant?: keyof typeof VARIANTS;
	size?: keyof typeof SIZES;
}

/** The look of a button, for links that are drawn as one. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonStyle = {}, className?: string): string {
	return classNames(
		"inline-flex shrink-0 select-none items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors",
		"disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60",
		VARIANTS[variant],
		SIZES[size],
		className,
	);
}

export function Button({
	variant,
	size,
	className,
	type = "button",
	...props
}: ComponentProps<"button"> & ButtonStyle) {
	return <button type={type} className={buttonClass({ variant, size }, className)} {...props} />;
}
