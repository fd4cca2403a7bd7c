import Link from "next/link";
import type { ReactNode } from "react";
import { clipText, LINE_CHARS_MAX } from "@/app/_ui/clip-text";
import { formatCost } from "@/app/_ui/format-cost";
import { formatDuration } from "@/app/_ui/format-duration";
import { formatCount } from "@/app/_ui/format-number";
import { Cell, HeadCell, Table } from "@/app/_ui/table";
import { Time } from "@/app/_ui/time";
import { Change } from "@/app/p/[project]/compare/change";
import type { OpenTrace } from "@/app/p/[project]/traces/[traceId]/open-trace";
import { TraceBadges } from "@/app/p/[project]/traces/[traceId]/trace-badges";
import { nanosToMs } from "@/lib/time";
import type { TraceRows } from "@/lib/traces/read-trace-rows";

interface NumberFact {
	label: string;
	/** Null: not known. */
	read: (trace: TraceRows) => number | null;
	format: (value: number) => string;
	/** Neither more nor less is better. */
	neutral?: boolean;
}

const nanos = (value: bigint | null | undefined) => (value === null || value === undefined ? null : Number(value));
const duration = (value: number) => formatDuration(BigInt(Math.round(value)));

const NUMBERS: readonly NumberFact[] = [
	{ label: "Duration", read: ({ facts }) => nanos(facts.durationNano), format: duration },
	{ label: "Model time", read: ({ shares }) => nanos(shares?.model), format: duration },
	{ label: "Tool time", read: ({ shares }) => nanos(shares?.tool), format: duration },
	{ label: "Waiting", read: ({ shares }) => nanos(shares?.wait), format: duration },
	{ label: "Cost", read: ({ facts }) => facts.costUsd, format: formatCost },
	{ label: "Input tokens", read: ({ facts }) => facts.usage?.input ?? null, format: formatCount },
	{ label: "Output tokens", read: ({ facts }) => facts.usage?.output ?? null, format: formatCount },
	{ label: "Model calls", read: ({ facts }) => facts.llmCount, format: formatCount, neutral: true },
	{ label: "Tool calls", read: ({ facts }) => facts.toolCount, format: formatCount, neutral: true },
	{ label: "Spans", read: ({ rows }) => rows.spanCount, format: formatCount, neutral: true },
	{ label: "Failed spans", read: ({ facts }) => facts.errorCount, format: formatCount },
];

interface Props {
	segment: string;
	a: OpenTrace;
	b: OpenTrace;
}

/** What the two are as a whole, and how far apart. */
export function ComparedFacts({ segment, a, b }: Props) {
	return (
		<Table>
			<caption className="sr-only">The two traces</caption>
			<thead>
				<tr>
					<HeadCell className="w-32">
						<span className="sr-only">Fact</span>
					</HeadCell>
					<HeadCell>
						<TraceLink segment={segment} trace={a} />
					</HeadCell>
					<HeadCell>
						<TraceLink segment={segment} trace={b} />
					</HeadCell>
					<HeadCell className="w-24 text-right">Change</HeadCell>
				</tr>
			</thead>
			<tbody>
				<Row label="Started" a={<Started trace={a.trace} />} b={<Started trace={b.trace} />} />
				<Row label="Status" a={<TraceBadges summary={a.trace.facts} />} b={<TraceBadges summary={b.trace.facts} />} />
				<Row label="Models" a={<Models trace={a.trace} />} b={<Models trace={b.trace} />} />
				{NUMBERS.map(({ label, read, format, neutral }) => {
					const [from, to] = [read(a.trace), read(b.trace)];
					if (from === null && to === null) return null;
					return (
						<Row
							key={label}
							label={label}
							a={<Value value={from} format={format} />}
							b={<Value value={to} format={format} />}
							change={<Change from={from} to={to} format={format} neutral={neutral} />}
						/>
					);
				})}
			</tbody>
		</Table>
	);
}

function Row({ label, a, b, change }: { label: string; a: ReactNode; b: ReactNode; change?: ReactNode }) {
	return (
		<tr>
			<th
				scope="row"
				className="border-t border-line px-3 py-1.5 text-left text-xs font-normal whitespace-nowrap text-faint"
			>
				{label}
			</th>
			<Cell className="py-1.5">{a}</Cell>
			<Cell className="py-1.5">{b}</Cell>
			<Cell className="py-1.5 text-right text-xs">{change}</Cell>
		</tr>
	);
}

function TraceLink({ segment, trace: { traceId, trace } }: { segment: string; trace: OpenTrace }) {
	return (
		<Link href={`/p/${segment}/traces/${traceId}`} prefetch={false} className="text-accent-ink hover:underline">
			{clipText(trace.facts.name, LINE_CHARS_MAX).shown}{" "}
			<code className="font-mono font-normal">{traceId.slice(0, 8)}</code>
		</Link>
	);
}

function Started({ trace: { facts } }: { trace: TraceRows }) {
	const { startTimeUnixNano: start } = facts;
	return start === null ? <span title="Not known">–</span> : <Time epochMs={nanosToMs(start)} />;
}

function Models({ trace: { facts } }: { trace: TraceRows }) {
	if (facts.models.length === 0) return <span title="Not known">–</span>;
	return <span className="wrap-anywhere">{clipText(facts.models.join(", "), LINE_CHARS_MAX).shown}</span>;
}

function Value({ value, format }: { value: number | null; format: (value: number) => string }) {
	return value === null ? <span title="Not known">–</span> : <span className="tabular-nums">{format(value)}</span>;
}
