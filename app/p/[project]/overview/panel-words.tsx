import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";

/** Why a panel has no numbers: nothing happened. */
export function PanelEmpty({ children }: { children: ReactNode }) {
	return (
		<p className="flex flex-1 items-center justify-center px-6 py-4 text-center text-sm text-pretty text-muted">
			{children}
		</p>
	);
}

/** Why a panel has no numbers: nobody can say. The page looks again by itself. */
export function PanelAway({ store, what }: { store: "ClickHouse" | "Postgres"; what: string }) {
	const name = store === "ClickHouse" ? "trace store (ClickHouse)" : "database (Postgres)";
	return (
		<p
			role="alert"
			className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-4 text-center text-sm text-pretty text-warn"
		>
			<CloudOff aria-hidden className="size-5" />
			The {name} did not answer: {what} not known now.
		</p>
	);
}
