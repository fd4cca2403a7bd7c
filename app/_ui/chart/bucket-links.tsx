import Link from "next/link";

export interface Bucket {
	startMs: number;
	/** What the bucket holds, in words. */
	words: string;
	/** Leads to what it counted. */
	href?: string;
}

/**
 * What the pointer finds over the buckets of a plot: the words, and the way to what was counted. Whoever has no pointer has
 * the same in the table of numbers.
 */
export function BucketLinks({ buckets }: { buckets: readonly Bucket[] }) {
	return (
		<div aria-hidden className="absolute inset-0 flex">
			{buckets.map(({ startMs, words, href }) =>
				href ? (
					<Link
						key={startMs}
						href={href}
						prefetch={false}
						tabIndex={-1}
						title={words}
						className="h-full flex-1 hover:bg-ink/8"
					/>
				) : (
					<span key={startMs} title={words} className="h-full flex-1 hover:bg-ink/8" />
				),
			)}
		</div>
	);
}
