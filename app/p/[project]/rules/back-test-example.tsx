import Link from "next/link";
import { Chip } from "@/app/_ui/chip";
import { clipText } from "@/app/_ui/clip-text";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDecimal } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";
import { STATES } from "@/app/p/[project]/traces/evaluation-state";
import type { DryRun } from "@/lib/evaluations/dry-run-rule";
import type { Forecast } from "@/lib/evaluations/forecast-rule";

const PREVIEW_CHARS = 240;

interface Props {
	href: string;
	example: Forecast["examples"][number];
	/** Null before it was judged. */
	run: DryRun | null;
}

/** A stored span or trace that fits, and what the evaluator says of it once it was asked. */
export function BackTestExample({ href, example, run }: Props) {
	return (
		<li className="flex flex-col gap-1 py-2 text-xs">
			<div className="flex items-baseline justify-between gap-3">
				<Link
					href={href}
					prefetch={false}
					target="_blank"
					className="truncate font-medium text-ink hover:text-accent-ink hover:underline"
				>
					{clipText(example.name, PREVIEW_CHARS).shown}
				</Link>
				<span className="shrink-0 text-2xs text-faint">
					<Time epochMs={example.startedAt.getTime()} short />
				</span>
			</div>
			<Preview label="Input" text={example.inputPreview} className="text-muted" />
			<Preview label="Output" text={example.outputPreview} className="text-ink" />
			{run && <Outcome run={run} />}
		</li>
	);
}

function Preview({ label, text, className }: { label: string; text: string | null; className: string }) {
	return (
		<p className={`line-clamp-2 wrap-anywhere ${className}`}>
			<span className="sr-only">{label}: </span>
			{text === null ? <span className="text-faint">–</span> : clipText(text, PREVIEW_CHARS).shown}
		</p>
	);
}

function Outcome({ run: { verdict, error, costUsd, latencyMs } }: { run: DryRun }) {
	const { tone, word, Icon } = verdict ? stateOf(verdict) : STATES.judgeFailed;
	const spent = [costUsd === null ? null : formatCost(costUsd), latencyMs === null ? null : `${latencyMs} ms`];
	return (
		<div className="mt-1 flex flex-col gap-1 rounded-md bg-sunken px-2 py-1.5">
			<p className="flex flex-wrap items-center gap-x-2">
				<Chip tone={tone} icon={<Icon aria-hidden />}>
					{word}
				</Chip>
				{verdict && !verdict.parseFailed && (
					<strong className="font-semibold text-ink tabular-nums">{formatDecimal(verdict.score)}</strong>
				)}
				<span className="ml-auto text-2xs text-faint">{spent.filter((part) => part !== null).join(" · ")}</span>
			</p>
			{verdict?.reason && <p className="text-pretty wrap-anywhere text-ink">{verdict.reason}</p>}
			{error !== null && <p className="text-pretty wrap-anywhere text-fail">{error}</p>}
		</div>
	);
}

function stateOf({ parseFailed, success }: NonNullable<DryRun["verdict"]>) {
	if (parseFailed) return STATES.unreadable;
	return success ? STATES.passed : STATES.failed;
}
