import { classNames } from "@/app/_ui/class-names";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Cell, HeadCell } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { type ArrivalBar, OUTCOMES, type Outcome } from "@/app/p/[project]/ingest/arrival-bars";
import { equationWords, OUTCOME_WORDS } from "@/app/p/[project]/ingest/arrival-words";
import type { TimeRange } from "@/app/p/[project]/ingest/time-range";

const HEIGHT = 100;
const STEP = 10;
const GAP = 2;
/** A few spans among many thousands stay in sight. */
const SEEN_MIN = 1.5;

/** When the spans of a period arrived and what became of them: bars to look at, and the same as a table to read. */
export function ArrivalChart({ bars, range }: { bars: readonly ArrivalBar[]; range: TimeRange }) {
	const most = Math.max(1, ...bars.map((bar) => bar.received));
	const shown = bars.some((bar) => bar.missing > 0) ? [...OUTCOMES, "missing" as const] : OUTCOMES;
	const each = range.barMinutes === 1 ? "minute" : `${barLength(range.barMinutes)}`;
	return (
		<SectionFrame title="Arrivals" note={`spans per ${each}, by the minute they arrived`}>
			<div className="px-3 pt-2 pb-3">
				<ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
					{shown.map((outcome) => (
						<li key={outcome} className="flex items-center gap-1.5">
							<span aria-hidden className={classNames("size-2 rounded-xs", OUTCOME_WORDS[outcome].swatch)} />
							{OUTCOME_WORDS[outcome].word}
						</li>
					))}
				</ul>
				<div className="relative">
					<span className="absolute top-0 left-0 bg-surface pr-1 text-2xs text-faint tabular-nums">
						{formatCount(most)}
					</span>
					<svg
						role="img"
						aria-label={`Spans per ${each}, at most ${formatCounted(most, "span")}. The table below has the numbers.`}
						viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
						preserveAspectRatio="none"
						className="h-28 w-full border-t border-b border-line"
					>
						{bars.map((bar, index) => (
							<Bar key={bar.fromMs} bar={bar} x={index * STEP} most={most} shown={shown} />
						))}
					</svg>
				</div>
				<p className="mt-1 flex justify-between gap-2 text-2xs text-faint">
					<Time epochMs={bars[0]?.fromMs ?? 0} short />
					<span>now</span>
				</p>
			</div>
			<Fold
				className="border-t border-line"
				summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
				summary="The numbers as a table"
			>
				<BarTable bars={bars} shown={shown} />
			</Fold>
		</SectionFrame>
	);
}

type Shown = readonly (Outcome | "missing")[];

function Bar({ bar, x, most, shown }: { bar: ArrivalBar; x: number; most: number; shown: Shown }) {
	let top = HEIGHT;
	return (
		<g className="group">
			<title>{`${new Date(bar.fromMs).toISOString().slice(0, 16).replace("T", " ")} UTC: ${equationWords(bar, bar.missing)}`}</title>
			<rect x={x} width={STEP} height={HEIGHT} className="fill-transparent group-hover:fill-hover" />
			{shown.map((outcome) => {
				if (bar[outcome] <= 0) return null;
				const height = Math.max(SEEN_MIN, (bar[outcome] / most) * HEIGHT);
				top -= height;
				return (
					<rect
						key={outcome}
						x={x + GAP / 2}
						y={top}
						width={STEP - GAP}
						height={height}
						className={OUTCOME_WORDS[outcome].fill}
					/>
				);
			})}
		</g>
	);
}

function BarTable({ bars, shown }: { bars: readonly ArrivalBar[]; shown: Shown }) {
	const filled = bars.filter((bar) => bar.received > 0).reverse();
	return (
		<section
			aria-label="Arrivals as a table"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
			tabIndex={0}
			className="relative max-h-80 overflow-auto border-t border-line focus-visible:-outline-offset-2"
		>
			<table className="w-full border-collapse text-left text-xs">
				<caption className="sr-only">Arrivals, newest first</caption>
				<thead>
					<tr>
						<HeadCell className="sticky top-0">From</HeadCell>
						<HeadCell className="sticky top-0 text-right">Received</HeadCell>
						{shown.map((outcome) => (
							<HeadCell key={outcome} className="sticky top-0 text-right first-letter:uppercase">
								{OUTCOME_WORDS[outcome].word}
							</HeadCell>
						))}
					</tr>
				</thead>
				<tbody>
					{filled.map((bar) => (
						<tr key={bar.fromMs} className="hover:bg-hover">
							<Cell className="py-1 text-muted">
								<Time epochMs={bar.fromMs} short />
							</Cell>
							<Cell className="py-1 text-right">{formatCount(bar.received)}</Cell>
							{shown.map((outcome) => (
								<Cell
									key={outcome}
									className={classNames("py-1 text-right", bar[outcome] === 0 ? "text-faint" : "text-ink")}
								>
									{formatCount(bar[outcome])}
								</Cell>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function barLength(minutes: number): string {
	return minutes < 60 ? `${minutes} minutes` : formatCounted(minutes / 60, "hour");
}
