import { formatCounted } from "@/app/_ui/format-number";
import { SectionFrame } from "@/app/_ui/section-frame";
import { type Trouble, TroubleList } from "@/app/p/[project]/ingest/trouble-list";
import { latestFirst, NOBODYS, refusedTroubles, rejectedTroubles } from "@/app/p/[project]/ingest/troubles";
import type { IngestSender } from "@/lib/accounting/ingest-health";
import { listRefusedRequests } from "@/lib/accounting/list-refused-requests";
import { listRejections } from "@/lib/accounting/list-rejections";
import { listSenders } from "@/lib/accounting/list-senders";
import { ownRefusals } from "@/lib/accounting/own-refusals";
import { type ProjectScope, UNLINKED } from "@/lib/auth/require-project";
import { isAppError } from "@/lib/errors";

const MINUTE_MS = 60_000;
const LOOK_BACK_MINUTES = 15;
const SHOWN = 3;

/**
 * What senders tried of late and did not succeed with, the latest first: the ear of a page that waits for a first trace.
 * Refused requests are shown to every project, because nobody knows whose they were.
 */
export async function FailedAttempts({ scope }: { scope: Pick<ProjectScope, "project"> }) {
	const troubles = await readTroubles(scope);
	return (
		<SectionFrame
			title="Failed attempts"
			note={`of the last ${LOOK_BACK_MINUTES} minutes`}
			actions={
				<span aria-hidden className="relative mr-2 flex size-2">
					<span className="absolute inset-0 animate-ping rounded-full bg-pass opacity-60 [animation-duration:2s]" />
					<span className="relative size-2 rounded-full bg-pass" />
				</span>
			}
		>
			<div aria-live="polite">
				{troubles === null ? (
					<p className="px-3 py-3 text-left text-xs text-pretty text-warn">
						The trace store (ClickHouse) did not answer: whether somebody tried in vain is not known now.
					</p>
				) : troubles.length > 0 ? (
					<TroubleList troubles={troubles} shown={SHOWN} />
				) : (
					<p className="px-3 py-3 text-left text-xs text-pretty text-muted">
						None. A request with a wrong key, an unreadable body or a wrong content type shows up here as it happens,
						with the reason and how to mend it.
					</p>
				)}
			</div>
		</SectionFrame>
	);
}

/** Null when the store is away. */
async function readTroubles({ project }: Pick<ProjectScope, "project">): Promise<Trouble[] | null> {
	try {
		const fromMs = (Math.floor(Date.now() / MINUTE_MS) - LOOK_BACK_MINUTES) * MINUTE_MS;
		const own = ownRefusals();
		const [refused, rejected, strayRejected, strays] = await Promise.all([
			listRefusedRequests({ sinceMs: fromMs, own }),
			listRejections({ projectIds: project ? [project.id] : null, fromMs }, own),
			project ? listRejections({ projectIds: [UNLINKED], fromMs }, own) : [],
			project ? listSenders({ projectIds: [UNLINKED], fromMs }) : [],
		]);
		const troubles = [
			...refusedTroubles(refused),
			...rejectedTroubles(rejected),
			...rejectedTroubles(strayRejected).map((trouble) => ({
				...trouble,
				key: `nobody's ${trouble.key}`,
				labels: [NOBODYS],
			})),
			...(project ? strayTroubles(strays, project.name) : []),
		];
		return troubles.sort(latestFirst);
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") return null;
		throw error;
	}
}

/** Spans that were taken and kept, but for no project: often those that somebody waits for. */
function strayTroubles(senders: readonly IngestSender[], projectName: string): Trouble[] {
	return senders.map(({ service, sdk, convention, spans, lastAt }) => ({
		key: `stray ${service} ${sdk} ${convention}`,
		count: spans,
		tone: "warn",
		chip: formatCounted(spans, "span"),
		labels: ["kept under “All traces”"],
		reason: "Arrived, but named no project that exists here",
		sender: service,
		lastAt,
		hint: `Are these yours? The resource attribute spanwise.project must be exactly “${projectName}”, for instance by OTEL_RESOURCE_ATTRIBUTES.`,
	}));
}
