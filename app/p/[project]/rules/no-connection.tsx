import { Plug } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";

export function NoConnection({ segment }: { segment: string }) {
	return (
		<EmptyState
			icon={<Plug />}
			title="A rule needs a model to judge with"
			text="There is no connection to a model yet. Add one first; every project can use it."
		>
			<Link href={`/p/${segment}/connections`} className={buttonClass({ variant: "primary" })}>
				Add a connection
			</Link>
		</EmptyState>
	);
}
