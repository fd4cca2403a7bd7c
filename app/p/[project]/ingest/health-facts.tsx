import type { ReactNode } from "react";
import { Chip } from "@/app/_ui/chip";
import { clipText } from "@/app/_ui/clip-text";
import { formatDuration } from "@/app/_ui/format-duration";
import { Time } from "@/app/_ui/time";
import type { IngestHealth } from "@/lib/accounting/ingest-health";

const REASON_CHARS_MAX = 300;

/** How long senders wait until their spans are safe, and what went wrong last. */
export function HealthFacts({ lag, lastError }: Pick<IngestHealth, "lag" | "lastError">) {
	return (
		<dl className="grid grid-cols-2 overflow-hidden rounded-lg border border-line bg-surface md:grid-cols-[12rem_12rem_1fr]">
			<Fact name="Half are safe within" title="From arrival to the trace store, the 50th percentile">
				<Milliseconds ms={lag?.p50Ms} />
			</Fact>
			<Fact name="99 of 100 within" title="From arrival to the trace store, the 99th percentile" className="border-l">
				<Milliseconds ms={lag?.p99Ms} />
			</Fact>
			<Fact name="Last error" className="col-span-2 border-t md:col-span-1 md:border-t-0 md:border-l">
				{lastError ? (
					<span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm font-normal">
						{lastError.status !== null && <Chip tone="fail">{lastError.status}</Chip>}
						<span dir="auto" className="wrap-anywhere">
							{clipText(lastError.reason, REASON_CHARS_MAX).shown}
						</span>
						<span className="text-xs wrap-anywhere text-faint">
							{lastError.sender !== "" && `${lastError.sender} · `}
							<Time epochMs={lastError.at.getTime()} short />
						</span>
					</span>
				) : (
					<span className="text-sm font-normal text-faint">none in this period</span>
				)}
			</Fact>
		</dl>
	);
}

function Fact({
	name,
	title,
	className = "",
	children,
}: {
	name: string;
	title?: string;
	className?: string;
	children: ReactNode;
}) {
	return (
		<div className={`min-w-0 border-line px-4 py-2.5 ${className}`} title={title}>
			<dt className="text-xs text-muted">{name}</dt>
			<dd className="text-base font-semibold text-ink tabular-nums">{children}</dd>
		</div>
	);
}

function Milliseconds({ ms }: { ms: number | undefined }) {
	if (ms === undefined) return <span className="font-normal text-faint">–</span>;
	// Two clocks may differ by a moment.
	return formatDuration(BigInt(Math.round(Math.max(0, ms) * 1e6)));
}
