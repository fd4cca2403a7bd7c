import { classNames } from "@/app/_ui/class-names";

/** Holds the place of what is on its way, in its size; whoever cannot see it is told once, by `SkeletonNote`. */
export function Skeleton({ className }: { className?: string }) {
	return <span aria-hidden className={classNames("block animate-pulse rounded bg-sunken", className)} />;
}

/** Says that something is on its way. */
export function SkeletonNote() {
	return (
		<span role="status" className="sr-only">
			Loading
		</span>
	);
}
