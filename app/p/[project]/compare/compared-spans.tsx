import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount, formatCounted } from "@/app/_ui/format-number";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Change } from "@/app/p/[project]/compare/change";
import { compareRow, type RowDifference } from "@/app/p/[project]/compare/row-difference";
import type { OpenTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { SpanKindIcon } from "@/app/p/[project]/traces/[traceId]/span-kind-icon";
import { rowName } from "@/app/p/[project]/traces/[traceId]/visible-rows";
import { type AlignedRow, alignOutlines } from "@/lib/traces/align-outlines";
import { hashOutputs } from "@/lib/traces/hash-outputs";
import { decodeSkeleton, idAt, kindAt, type Outline } from "@/lib/traces/outline";

/** More would make a page that nobody reads: then only what differs is listed. */
const LISTED_MAX = 500;
/** Of larger traces outputs are not compared: it takes reading all of their texts. */
const READ_SPANS_MAX = 2_000;
const INDENT_LEVELS_MAX = 12;
const INDENT_PX = 14;

interface Props {
	segment: string;
	a: OpenTrace;
	b: OpenTrace;
}

/** The spans of the two laid over each other, with what differs. */
export async function ComparedSpans({ segment, a, b }: Props) {
	const [left, right] = [decodeSkeleton(a.trace.rows), decodeSkeleton(b.trace.rows)];
	const readsOutputs = Math.max(left.length, right.length) <= READ_SPANS_MAX;
	const [outputsA, outputsB] = readsOutputs ? await Promise.all([outputsOf(a), outputsOf(b)]) : [null, null];
	const rows = alignOutlines(left, right).map((row) => ({
		row,
		difference: compareRow(left, right, row, outputsA, outputsB),
	}));
	const listed = rows.length <= LISTED_MAX ? rows : rows.filter(({ difference }) => difference.isTelling);
	return (
		<section aria-label="Spans" className="flex flex-col gap-2">
			<Table className="table-fixed">
				<caption className="sr-only">Spans of the two traces</caption>
				<thead>
					<tr>
						<HeadCell>Span</HeadCell>
						<HeadCell className="w-20 text-right md:w-24">Duration</HeadCell>
						<HeadCell className="hidden w-20 text-right md:table-cell">Change</HeadCell>
						<HeadCell className="hidden w-24 text-right md:table-cell">Tokens</HeadCell>
						<HeadCell className="hidden w-24 text-right md:table-cell">Cost</HeadCell>
						<HeadCell className="w-24 md:w-36">Differs in</HeadCell>
					</tr>
				</thead>
				<tbody>
					{listed.slice(0, LISTED_MAX).map(({ row, difference }) => (
						<SpanRow key={`${row.a} ${row.b}`} {...{ segment, a, b, left, right, row, difference }} />
					))}
				</tbody>
			</Table>
			{listed.length < rows.length && (
				<p className="text-xs text-faint">
					{formatCounted(rows.length - listed.length, "span")} that hardly differ are not listed
					{listed.length > LISTED_MAX && `, nor are ${formatCount(listed.length - LISTED_MAX)} that do`}.
				</p>
			)}
			{!readsOutputs && <p className="text-xs text-faint">Outputs of traces this large are not compared.</p>}
		</section>
	);
}

interface RowProps extends Props {
	left: Outline;
	right: Outline;
	row: AlignedRow;
	difference: RowDifference;
}

function SpanRow({ segment, a, b, left, right, row, difference }: RowProps) {
	const [outline, at] = row.a >= 0 ? [left, row.a] : [right, row.b];
	const { duration, tokens, cost } = difference;
	return (
		<tr className={classNames("hover:bg-hover", difference.only !== null && "bg-sunken")}>
			<Cell className="py-1.5">
				<span
					className="flex min-w-0 items-center gap-1.5"
					style={{ paddingLeft: Math.min(row.depth, INDENT_LEVELS_MAX) * INDENT_PX }}
				>
					<SpanKindIcon kind={kindAt(outline, at)} />
					<span className="truncate" title={rowName(outline, at)}>
						{rowName(outline, at)}
					</span>
					<span className="flex shrink-0 gap-1 text-2xs">
						{row.a >= 0 && <SpanLink segment={segment} traceId={a.traceId} spanId={idAt(left, row.a)} label="A" />}
						{row.b >= 0 && <SpanLink segment={segment} traceId={b.traceId} spanId={idAt(right, row.b)} label="B" />}
					</span>
				</span>
			</Cell>
			<Cell className="py-1.5 text-right text-xs tabular-nums">
				<Both {...duration} format={nanosWords} />
			</Cell>
			<Cell className="hidden py-1.5 text-right text-xs md:table-cell">
				{difference.only === null && <Change {...duration} format={nanosWords} />}
			</Cell>
			<Cell className="hidden py-1.5 text-right text-xs tabular-nums md:table-cell">
				<Both {...tokens} format={formatCount} quiet />
			</Cell>
			<Cell className="hidden py-1.5 text-right text-xs tabular-nums md:table-cell">
				<Both {...cost} format={formatCost} quiet />
			</Cell>
			<Cell className="py-1.5">
				<span className="flex flex-wrap gap-1">
					{difference.only !== null && <Chip tone="warn">only in {difference.only}</Chip>}
					{difference.status !== null && (
						<Chip tone={difference.status === "fails now" ? "fail" : "pass"}>{difference.status}</Chip>
					)}
					{difference.output && <Chip tone="info">output</Chip>}
					{difference.model && <Chip tone="info">model</Chip>}
				</span>
			</Cell>
		</tr>
	);
}

function SpanLink({
	segment,
	traceId,
	spanId,
	label,
}: {
	segment: string;
	traceId: string;
	spanId: string;
	label: string;
}) {
	return (
		<Link
			href={`/p/${segment}/traces/${traceId}?span=${spanId}`}
			prefetch={false}
			aria-label={`The span in trace ${label}`}
			className="grid size-6 place-items-center rounded text-accent-ink hover:underline"
		>
			{label}
		</Link>
	);
}

interface BothProps {
	from: number | null;
	to: number | null;
	format: (value: number) => string;
	/** Nothing where neither is known. */
	quiet?: boolean;
}

function Both({ from, to, format, quiet }: BothProps): ReactNode {
	if (quiet && from === null && to === null) return null;
	const word = (value: number | null) => (value === null ? "–" : format(value));
	return (
		<span className="flex flex-col">
			<span>{word(from)}</span>
			<span className="text-muted">{word(to)}</span>
		</span>
	);
}

function nanosWords(value: number): string {
	return formatDuration(BigInt(Math.round(value)));
}

function outputsOf({ traceId, trace }: OpenTrace): Promise<Map<string, string>> {
	return hashOutputs({ projectId: trace.facts.projectId ?? "", traceId });
}
