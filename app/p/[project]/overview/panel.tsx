import { type ReactNode, Suspense } from "react";
import { classNames } from "@/app/_ui/class-names";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Skeleton, SkeletonNote } from "@/app/_ui/skeleton";

interface Props {
	title: string;
	note?: string;
	/** The height that it has at least, filled or not. */
	heightClass: string;
	/** What asks a store. */
	children: ReactNode;
}

/** An island of the page: framed at once, filled when its store has answered, whatever the others do. */
export function Panel({ title, note, heightClass, children }: Props) {
	return (
		<SectionFrame title={title} note={note}>
			<div className={classNames("flex flex-col", heightClass)}>
				<Suspense
					fallback={
						<div className="flex flex-1 flex-col gap-3 p-3">
							<SkeletonNote />
							<Skeleton className="h-3 w-1/3" />
							<Skeleton className="flex-1" />
						</div>
					}
				>
					{children}
				</Suspense>
			</div>
		</SectionFrame>
	);
}
