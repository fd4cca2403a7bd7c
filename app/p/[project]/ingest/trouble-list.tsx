import Link from "next/link";
import { Chip, type Tone } from "@/app/_ui/chip";
import { classNames } from "@/app/_ui/class-names";
import { clipText } from "@/app/_ui/clip-text";
import { CONTINUATION, Fold } from "@/app/_ui/fold";
import { formatCounted } from "@/app/_ui/format-number";
import { Time } from "@/app/_ui/time";

/** Something that senders should know: refused requests, spans left out. */
export interface Trouble {
	/** Tells it from every other of the list. */
	key: string;
	count: number;
	tone: Tone;
	/** How often it happened to what, for instance `3 requests refused`. */
	chip: string;
	/** What the sender was told, or what is wrong. */
	reason: string;
	/** What else is worth a chip. */
	labels?: readonly string[];
	/** Who it was, as far as known. */
	sender: string;
	lastAt: Date;
	/** What to do about it. */
	hint: string;
	/** Ids of some of the spans, as they were sent. */
	samples?: readonly Sample[];
}

export interface Sample {
	id: string;
	/** Where its trace is shown, when there is one. */
	href: string | null;
}

const SHOWN = 12;
const SAMPLES_SHOWN = 3;
const REASON_CHARS_MAX = 500;
const SENDER_CHARS_MAX = 200;

/** Troubles with what to do about each; more than `shown` fold. */
export function TroubleList({ troubles, shown = SHOWN }: { troubles: readonly Trouble[]; shown?: number }) {
	const rest = troubles.slice(shown);
	return (
		<>
			<Items troubles={troubles.slice(0, shown)} />
			{rest.length > 0 && (
				<Fold
					className="border-t border-line"
					summaryClassName={classNames("bg-sunken px-3 py-2", CONTINUATION)}
					summary={formatCounted(rest.length, "more kind")}
				>
					<Items troubles={rest} />
				</Fold>
			)}
		</>
	);
}

function Items({ troubles }: { troubles: readonly Trouble[] }) {
	return (
		<ul className="divide-y divide-line">
			{troubles.map((trouble) => (
				<li key={trouble.key} className="flex flex-col gap-1 px-3 py-2.5 text-left">
					<p className="flex flex-wrap items-center gap-x-2 gap-y-1">
						<Chip tone={trouble.tone}>{trouble.chip}</Chip>
						{trouble.labels?.map((label) => (
							<Chip key={label}>{label}</Chip>
						))}
						<span className="text-xs wrap-anywhere text-faint">
							{trouble.sender !== "" && `${clipText(trouble.sender, SENDER_CHARS_MAX).shown} · `}
							last <Time epochMs={trouble.lastAt.getTime()} short />
						</span>
					</p>
					<p dir="auto" className="text-sm font-medium wrap-anywhere text-ink">
						{clipText(trouble.reason, REASON_CHARS_MAX).shown}
					</p>
					<p className="max-w-3xl text-xs text-pretty wrap-anywhere text-muted">{trouble.hint}</p>
					{trouble.samples && trouble.samples.length > 0 && <Samples samples={trouble.samples} />}
				</li>
			))}
		</ul>
	);
}

function Samples({ samples }: { samples: readonly Sample[] }) {
	const rest = samples.slice(SAMPLES_SHOWN);
	return (
		<div className="text-xs">
			<SampleIds samples={samples.slice(0, SAMPLES_SHOWN)} />
			{rest.length > 0 && (
				<Fold summaryClassName={classNames("inline-flex rounded", CONTINUATION)} summary={`${rest.length} more ids`}>
					<SampleIds samples={rest} />
				</Fold>
			)}
		</div>
	);
}

function SampleIds({ samples }: { samples: readonly Sample[] }) {
	return (
		<ul aria-label="For instance" className="flex flex-wrap gap-x-4 gap-y-0.5 font-mono text-2xs text-faint">
			{samples.map(({ id, href }) => (
				<li key={id} className="min-w-0 wrap-anywhere">
					{href === null ? (
						<bdi>{id}</bdi>
					) : (
						<Link href={href} prefetch={false} className="text-accent-ink hover:underline">
							{id}
						</Link>
					)}
				</li>
			))}
		</ul>
	);
}
