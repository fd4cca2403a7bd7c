import Link from "next/link";
import { Fold } from "@/app/_ui/fold";
import { KIND_WORDS } from "@/app/p/[project]/rules/rule-words";
import { GALLERY, type Starter } from "@/lib/rules/gallery";

/** Ready-made rules to begin with: each is a link that fills the form. */
export function StarterGallery({ path, chosen }: { path: string; chosen: Starter | null }) {
	return (
		<Fold
			// Another choice folds it anew.
			key={chosen?.id ?? ""}
			open={chosen === null}
			className="max-w-6xl rounded-lg border border-line bg-surface"
			summaryClassName="h-9 gap-1.5 rounded-lg px-2 text-xs font-medium text-ink hover:bg-hover"
			summary={
				<>
					<h2 className="shrink-0">Begin with</h2>
					<span className="truncate font-normal text-muted">
						{chosen ? `${chosen.title}: ${chosen.about}` : "one of these, or fill in the form below"}
					</span>
				</>
			}
		>
			<ul className="grid gap-2 border-t border-line p-2 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-4">
				{GALLERY.map((starter) => (
					<li key={starter.id} className="flex">
						<Link
							href={`${path}?starter=${starter.id}`}
							prefetch={false}
							scroll={false}
							aria-current={starter === chosen ? "true" : undefined}
							className="flex w-full flex-col gap-0.5 rounded-md border border-line px-2.5 py-2 hover:bg-hover aria-[current]:border-accent-ink aria-[current]:bg-accent-soft"
						>
							<span className="flex items-baseline justify-between gap-2">
								<span className="text-sm font-medium text-ink">{starter.title}</span>
								<span className="shrink-0 text-2xs text-faint">{kindWords(starter)}</span>
							</span>
							<span className="text-xs text-pretty text-muted">{starter.about}</span>
						</Link>
					</li>
				))}
			</ul>
			{chosen && (
				<p className="border-t border-line px-3 py-2 text-xs">
					<Link href={path} prefetch={false} scroll={false} className="text-accent-ink hover:underline">
						Begin with an empty form
					</Link>
				</p>
			)}
		</Fold>
	);
}

function kindWords({ body: { evaluator, target } }: Starter): string {
	return target === "TRACE" ? `${KIND_WORDS[evaluator.kind]}, whole trace` : KIND_WORDS[evaluator.kind];
}
