const WIDTHS = ["w-2/3", "w-1/2", "w-3/4", "w-2/5", "w-3/5", "w-1/2", "w-2/3", "w-2/5"];

/** Stands where the values will, while they are counted. */
export function FacetSkeleton() {
	return (
		<div aria-hidden className="flex animate-pulse flex-col gap-2.5 p-1">
			{WIDTHS.map((width, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: they never change
				<span key={index} className={`h-3.5 rounded bg-sunken ${width}`} />
			))}
		</div>
	);
}
