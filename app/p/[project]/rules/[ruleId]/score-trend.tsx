import { classNames } from "@/app/_ui/class-names";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCount, formatDecimal } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { Cell, HeadCell } from "@/app/_ui/table";
import { lineSegments } from "@/app/p/[project]/rules/[ruleId]/line-segments";
import type { RuleReport } from "@/lib/evaluations/read-rule-report";

const WIDTH = 560;
const HEIGHT = 120;
const DOT = 3;

type Day = RuleReport["trend"][number];

/** How good it was over the last days: a line to look at, and the same as a table to read. */
export function ScoreTrend({ trend }: { trend: RuleReport["trend"] }) {
	const step = WIDTH / Math.max(1, trend.length);
	const place = (share: number | null, index: number) =>
		share === null ? null : { x: (index + 0.5) * step, y: HEIGHT - share * HEIGHT };
	const means = trend.map((day, index) => place(day.mean, index));
	const passes = trend.map((day, index) => place(day.passRate, index));
	const judged = trend.reduce((sum, day) => sum + day.count, 0);
	const last = trend.findLast((day) => day.count > 0);
	return (
		<SectionFrame title="Score" note={`the last ${trend.length} days, by the day they were judged (UTC)`}>
			{judged === 0 ? (
				<p className="p-3 text-sm text-muted">Nothing was judged in these days.</p>
			) : (
				<div className="px-3 pt-2 pb-3">
					<ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-2xs text-muted">
						<Legend swatch="bg-bar" word="mean score" value={last?.mean ?? null} />
						<Legend swatch="bg-pass" word="share that passed" value={last?.passRate ?? null} />
					</ul>
					<div className="grid grid-cols-[1.75rem_minmax(0,1fr)]">
						<div aria-hidden className="relative text-2xs text-faint tabular-nums">
							<span className="absolute -top-2 right-1.5">1</span>
							<span className="absolute right-1.5 -bottom-2">0</span>
						</div>
						<svg
							role="img"
							aria-label={`Mean score and share that passed, day by day. The table below has the numbers.`}
							viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
							className="w-full overflow-visible"
						>
							{[0, 0.5, 1].map((share) => (
								<line
									key={share}
									x1={0}
									x2={WIDTH}
									y1={HEIGHT * (1 - share)}
									y2={HEIGHT * (1 - share)}
									className="stroke-line"
								/>
							))}
							<Line points={passes} className="stroke-pass" dotClassName="fill-pass" isDashed />
							<Line points={means} className="stroke-bar" dotClassName="fill-bar" />
							{trend.map((day, index) => (
								<rect
									key={day.day.getTime()}
									x={index * step}
									width={step}
									height={HEIGHT}
									className="fill-transparent hover:fill-hover/60"
								>
									<title>{dayWords(day)}</title>
								</rect>
							))}
						</svg>
					</div>
					<p className="mt-2 flex justify-between gap-2 pl-7 text-2xs text-faint">
						<span>{dayText(trend[0]?.day)}</span>
						<span>today</span>
					</p>
				</div>
			)}
			<Fold
				className="border-t border-line"
				summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
				summary="The numbers as a table"
			>
				<TrendTable trend={trend} />
			</Fold>
		</SectionFrame>
	);
}

interface LineProps {
	points: ({ x: number; y: number } | null)[];
	className: string;
	dotClassName: string;
	isDashed?: boolean;
}

/** Days on which nothing was judged are gaps, not zeros. */
function Line({ points, className, dotClassName, isDashed = false }: LineProps) {
	return (
		<>
			{lineSegments(points).map((segment) => (
				<polyline
					key={segment[0]?.x}
					points={segment.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
					fill="none"
					strokeWidth={2}
					strokeLinejoin="round"
					strokeDasharray={isDashed ? "5 4" : undefined}
					className={className}
				/>
			))}
			{points.map(
				(point) => point && <circle key={point.x} cx={point.x} cy={point.y} r={DOT} className={dotClassName} />,
			)}
		</>
	);
}

function Legend({ swatch, word, value }: { swatch: string; word: string; value: number | null }) {
	return (
		<li className="flex items-center gap-1.5">
			<span aria-hidden className={classNames("h-0.5 w-3 rounded-full", swatch)} />
			{word}
			{value !== null && <strong className="font-semibold text-ink tabular-nums">{two(value)}</strong>}
		</li>
	);
}

function TrendTable({ trend }: { trend: RuleReport["trend"] }) {
	return (
		<table className="w-full border-collapse border-t border-line text-left text-xs">
			<caption className="sr-only">Scores by day, newest first. A mean is within 0 and 1, whatever the range.</caption>
			<thead>
				<tr>
					<HeadCell>Day</HeadCell>
					<HeadCell className="text-right">Mean</HeadCell>
					<HeadCell className="text-right">Passed</HeadCell>
					<HeadCell className="text-right">Judged</HeadCell>
				</tr>
			</thead>
			<tbody>
				{trend.toReversed().map((day) => (
					<tr key={day.day.getTime()} className="hover:bg-hover">
						<Cell className="py-1 text-muted">{dayText(day.day)}</Cell>
						<Cell className="py-1 text-right">{day.mean === null ? "–" : two(day.mean)}</Cell>
						<Cell className="py-1 text-right">{day.passRate === null ? "–" : percent(day.passRate)}</Cell>
						<Cell className="py-1 text-right">{formatCount(day.count)}</Cell>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function dayWords(day: Day): string {
	if (day.count === 0) return `${dayText(day.day)}: nothing was judged`;
	const mean = day.mean === null ? "mean not known" : `mean ${two(day.mean)}`;
	const passed = day.passRate === null ? "" : `, ${percent(day.passRate)} passed`;
	return `${dayText(day.day)}: ${mean}${passed}, ${formatCount(day.count)} judged`;
}

function dayText(day: Date | undefined): string {
	return day ? day.toISOString().slice(0, 10) : "";
}

function two(value: number): string {
	return formatDecimal(Number(value.toFixed(2)));
}

function percent(share: number): string {
	return `${formatDecimal(Number((share * 100).toFixed(1)))} %`;
}
