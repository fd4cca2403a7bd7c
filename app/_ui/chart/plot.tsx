import { curveMonotoneX } from "@visx/curve";
import { scaleBand, scaleLinear } from "@visx/scale";
import { BarStack, LinePath } from "@visx/shape";
import type { ReactNode } from "react";
import { axisNumber, type ChartUnit } from "@/app/_ui/chart/chart-format";
import { type Series, TONES } from "@/app/_ui/chart/series";
import { classNames } from "@/app/_ui/class-names";

/** Width of a bucket, in units that the picture stretches. */
const STEP = 10;
const HEIGHT = 100;
const TICKS = 3;
/** A few among many thousands stay in sight. */
const SEEN_SHARE = 0.015;
/** With more buckets than these, only the line shows where they are. */
const DOTTED_MAX = 31;

interface Props {
	/** What it shows, for whoever cannot see it. */
	label: string;
	unit: ChartUnit;
	/** Stacked from the ground up. */
	bars?: readonly Series[];
	lines?: readonly Series[];
	/** The axis ends here whatever the values are. */
	top?: number;
	/** Of the plot, for instance `h-28`. */
	heightClass: string;
	/** Lies over the plot, bucket by bucket. */
	children?: ReactNode;
	/** Stands below the plot, as wide as it is. */
	below?: ReactNode;
}

/**
 * Bars and lines over an axis. The picture has no width of its own: the browser stretches it, so it is the same on the
 * server and on every screen, and nothing moves when the page wakes up. Text stands beside it and is not stretched.
 */
export function Plot({ label, unit, bars = [], lines = [], top, heightClass, children, below }: Props) {
	const count = Math.max(0, ...[...bars, ...lines].map(({ values }) => values.length));
	const most = top ?? mostOf(bars, lines, count);
	const y = scaleLinear<number>({ domain: [0, most], range: [HEIGHT, 0], nice: top === undefined ? TICKS : false });
	const end = y.domain()[1] ?? most;
	const ticks = y.ticks(TICKS).filter((tick) => unit !== "count" || Number.isInteger(tick));
	const width = Math.max(1, count) * STEP;
	return (
		<div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-1.5">
			<div aria-hidden className={classNames("relative text-right text-2xs text-faint tabular-nums", heightClass)}>
				{ticks.map((tick) => (
					<span key={tick}>
						<span className="invisible block h-0 whitespace-nowrap">{axisNumber(tick, unit)}</span>
						<span
							className="absolute right-0 -translate-y-1/2 whitespace-nowrap"
							style={{ top: `${(y(tick) / HEIGHT) * 100}%` }}
						>
							{axisNumber(tick, unit)}
						</span>
					</span>
				))}
			</div>
			<div className={classNames("relative", heightClass)}>
				<svg
					role="img"
					aria-label={label}
					viewBox={`0 0 ${width} ${HEIGHT}`}
					preserveAspectRatio="none"
					className="absolute inset-0 size-full overflow-visible"
				>
					{ticks.map((tick) => (
						<line
							key={tick}
							x1={0}
							x2={width}
							y1={y(tick)}
							y2={y(tick)}
							vectorEffect="non-scaling-stroke"
							className="stroke-line"
						/>
					))}
					{bars.length > 0 && <Bars bars={bars} count={count} end={end} />}
					{lines.map((line) => (
						<Line key={line.key} line={line} y={y} />
					))}
				</svg>
				{children}
			</div>
			{below && <div className="col-start-2">{below}</div>}
		</div>
	);
}

function Bars({ bars, count, end }: { bars: readonly Series[]; count: number; end: number }) {
	const data = Array.from({ length: count }, (_, index) => ({
		index,
		values: new Map(bars.map(({ key, values }) => [key, seen(values[index] ?? 0, end)])),
	}));
	const x = scaleBand<number>({ domain: data.map(({ index }) => index), range: [0, count * STEP], padding: 0.2 });
	const y = scaleLinear<number>({ domain: [0, end], range: [HEIGHT, 0] });
	return (
		<BarStack
			data={data}
			keys={bars.map(({ key }) => key)}
			value={({ values }, key) => values.get(key) ?? 0}
			x={({ index }) => index}
			xScale={x}
			yScale={y}
			color={(key) => key}
		>
			{(stacks) =>
				stacks.map(({ key, index, bars: rects }) => (
					<g key={key} className={TONES[bars[index]?.tone ?? "accent"].fill}>
						{rects.map(
							(rect) =>
								rect.height > 0 && (
									<rect key={rect.index} x={rect.x} y={rect.y} width={rect.width} height={rect.height} />
								),
						)}
					</g>
				))
			}
		</BarStack>
	);
}

interface Point {
	index: number;
	value: number | null;
}

/** Where nothing is known there is a gap; a point without neighbours is a dot. */
function Line({ line, y }: { line: Series; y: (value: number) => number }) {
	const points: Point[] = line.values.map((value, index) => ({ index, value }));
	const at = ({ index }: Point) => (index + 0.5) * STEP;
	const isKnown = (index: number) => (line.values[index] ?? null) !== null;
	const dots = points.filter(
		({ index }) => isKnown(index) && (points.length <= DOTTED_MAX || (!isKnown(index - 1) && !isKnown(index + 1))),
	);
	const stroke = TONES[line.tone].stroke;
	return (
		<g className={stroke} strokeLinecap="round" strokeLinejoin="round">
			<LinePath<Point>
				data={points}
				defined={({ value }) => value !== null}
				x={at}
				y={({ value }) => y(value ?? 0)}
				curve={curveMonotoneX}
				strokeWidth={2}
				strokeDasharray={line.isDashed ? "5 4" : undefined}
				vectorEffect="non-scaling-stroke"
			/>
			{dots.map((point) => (
				// A line of no length with round ends stays a dot however the picture is stretched.
				<path
					key={point.index}
					d={`M${at(point)} ${y(point.value ?? 0)}h0`}
					strokeWidth={points.length <= DOTTED_MAX ? 5 : 3}
					vectorEffect="non-scaling-stroke"
				/>
			))}
		</g>
	);
}

function seen(value: number, end: number): number {
	return value > 0 ? Math.max(value, end * SEEN_SHARE) : 0;
}

function mostOf(bars: readonly Series[], lines: readonly Series[], count: number): number {
	let most = 0;
	for (let index = 0; index < count; index++) {
		const stacked = bars.reduce((sum, { values }) => sum + (values[index] ?? 0), 0);
		most = Math.max(most, stacked, ...lines.map(({ values }) => values[index] ?? 0));
	}
	return most || 1;
}
