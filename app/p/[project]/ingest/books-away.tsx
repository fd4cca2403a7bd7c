import { CloudOff } from "lucide-react";

/** The store of the books does not answer. Says so without JavaScript too; the page around it looks again by itself. */
export function BooksAway() {
	return (
		<section
			role="alert"
			className="mx-auto my-8 flex w-full max-w-lg flex-col items-center gap-4 rounded-lg border border-line bg-surface px-6 py-10 text-center"
		>
			<span aria-hidden className="grid size-10 place-items-center rounded-full bg-fail-soft text-fail">
				<CloudOff className="size-5" />
			</span>
			<div className="flex flex-col gap-1">
				<h2 className="text-base font-semibold text-ink">Could not read the books</h2>
				<p className="text-sm text-pretty text-muted">
					The trace store (ClickHouse) did not answer, so what arrived cannot be counted now. This does not mean that
					nothing arrived or that anything is lost: while the store is away, senders are told to try again.
				</p>
			</div>
			<p className="text-xs text-faint">This page looks again by itself while it is open.</p>
		</section>
	);
}
