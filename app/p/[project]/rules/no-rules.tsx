import { ListChecks, Plus } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";

interface Props {
	path: string;
	/** Null when there is a connection already. */
	connectionsPath: string | null;
}

export function NoRules({ path, connectionsPath }: Props) {
	return (
		<EmptyState
			icon={<ListChecks />}
			title="Judge what your application answers"
			text={
				<>
					Every span or trace that fits a rule gets a score: from a model that reads your criteria, from an assertion,
					or from a few lines of code. Begin with one of the ready-made rules and try it on what is stored before you
					save it.
					{connectionsPath !== null && " For a model to judge, add a connection to one first."}
				</>
			}
		>
			<span className="flex flex-wrap justify-center gap-2">
				<Link href={`${path}/new`} className={buttonClass({ variant: "primary" })}>
					<Plus aria-hidden className="size-4" />
					New rule
				</Link>
				{connectionsPath !== null && (
					<Link href={connectionsPath} className={buttonClass()}>
						Add a connection
					</Link>
				)}
			</span>
		</EmptyState>
	);
}
