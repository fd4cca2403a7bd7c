import { CircleCheck, CircleHelp, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/app/_ui/class-names";
import { formatCounted } from "@/app/_ui/format-number";
import { OUTCOMES } from "@/app/p/[project]/ingest/arrival-bars";
import { equationWords, OUTCOME_WORDS } from "@/app/p/[project]/ingest/arrival-words";
import type { IngestHealth } from "@/lib/accounting/ingest-health";

interface Verdict {
	icon: ReactNode;
	ground: string;
	ink: string;
	title: string;
	text: string;
}

/** Whether every span that arrived is accounted for, in one line, and what its words mean. */
export function BalancePanel({ health }: { health: IngestHealth }) {
	const verdict = verdictOn(health);
	return (
		<section aria-label="Balance" className="overflow-hidden rounded-lg border border-line bg-surface">
			<div
				role={health.balanced === false ? "alert" : undefined}
				className={classNames("flex gap-3 px-4 py-3", verdict.ground)}
			>
				<span aria-hidden className={classNames("mt-0.5 [&>svg]:size-5", verdict.ink)}>
					{verdict.icon}
				</span>
				<div className="min-w-0">
					<h2 className={classNames("text-base font-semibold", verdict.ink)}>{verdict.title}</h2>
					<p className="text-lg font-medium text-pretty text-ink tabular-nums">
						{equationWords(health, health.missing ?? 0)}
					</p>
					<p className="mt-0.5 max-w-3xl text-sm text-pretty text-muted">{verdict.text}</p>
				</div>
			</div>
			<dl className="grid gap-x-6 gap-y-2 border-t border-line px-4 py-3 sm:grid-cols-2 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none">
				<Term word="received" meaning="Spans in requests that could be read, each arrival by itself." />
				{(health.balanced === false ? [...OUTCOMES, "missing" as const] : OUTCOMES).map((outcome) => (
					<Term key={outcome} {...OUTCOME_WORDS[outcome]} />
				))}
			</dl>
		</section>
	);
}

function Term({ word, meaning, swatch }: { word: string; meaning: string; swatch?: string }) {
	return (
		<div className="min-w-0 text-xs">
			<dt className="flex items-center gap-1.5 font-medium text-ink">
				{swatch && <span aria-hidden className={classNames("size-2 rounded-xs", swatch)} />}
				<span className="first-letter:uppercase">{word}</span>
			</dt>
			<dd className="text-pretty text-muted">{meaning}</dd>
		</div>
	);
}

function verdictOn({ balanced, missing }: IngestHealth): Verdict {
	if (balanced === null) {
		return {
			icon: <CircleHelp />,
			ground: "bg-warn-soft",
			ink: "text-warn",
			title: "Not checked",
			text: "The trace store took too long to look up every span that arrived. What arrived is counted; whether all of it is still there is not known. A shorter period may be checked.",
		};
	}
	if (!balanced) {
		return {
			icon: <TriangleAlert />,
			ground: "bg-fail-soft",
			ink: "text-fail",
			title: missing
				? `The books do not balance: ${formatCounted(missing, "span")} missing`
				: "The books do not balance",
			text: "Spans that were accepted are not in the trace store although their retention has not ended. Look at the log of the server and at the disk of the trace store, and please report it: this must not happen.",
		};
	}
	return {
		icon: <CircleCheck />,
		ground: "bg-pass-soft",
		ink: "text-pass",
		title: "The books balance",
		text: "Every span that arrived is accounted for: each accepted one was looked up in the trace store and is there.",
	};
}
