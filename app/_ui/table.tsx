import type { ComponentProps } from "react";
import { classNames } from "@/app/_ui/class-names";

/**
 * A framed table that scrolls sideways inside its frame rather than widening the page; `relative` keeps the hidden labels
 * of its cells inside too.
 */
export function Table({ className, ...props }: ComponentProps<"table">) {
	return (
		<div className="relative overflow-x-auto rounded-lg border border-line bg-surface">
			<table className={classNames("w-full border-collapse text-left text-sm", className)} {...props} />
		</div>
	);
}

export function HeadCell({ className, ...props }: ComponentProps<"th">) {
	return (
		<th
			scope="col"
			className={classNames("h-8 bg-sunken px-3 text-xs font-medium whitespace-nowrap text-muted", className)}
			{...props}
		/>
	);
}

export function Cell({ className, ...props }: ComponentProps<"td">) {
	return <td className={classNames("border-t border-line px-3 py-2 align-middle", className)} {...props} />;
}
