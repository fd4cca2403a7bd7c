import { publishSpansIngested } from "@/inngest/publish";

/** Each announcement has all new spans of its project matched: dear next to a request, and the same for one span or many. */
const EVERY_MS = 1000;

/** A project announced within the last second, and what spans that came since wait for. */
interface Recent {
	next: { announced: Promise<void>; resolve(): void } | null;
}

const recent = new Map<string, Recent>();

/**
 * Announces that projects got spans: at once after a pause, and while spans keep coming once a second, the last ones
 * included. Resolves when an announcement that covers these spans is made. Never rejects.
 */
export async function announceSpans(
	projectIds: readonly string[],
	publish: (projectId: string) => Promise<void> = publishSpansIngested,
): Promise<void> {
	await Promise.all(projectIds.map((projectId) => announce(projectId, publish)));
}

function announce(projectId: string, publish: (projectId: string) => Promise<void>): Promise<void> {
	const busy = recent.get(projectId);
	if (!busy) return announceNow(projectId, publish);
	if (!busy.next) {
		let resolve: () => void = () => undefined;
		const announced = new Promise<void>((done) => {
			resolve = done;
		});
		busy.next = { announced, resolve };
	}
	return busy.next.announced;
}

function announceNow(projectId: string, publish: (projectId: string) => Promise<void>): Promise<void> {
	const busy: Recent = { next: null };
	recent.set(projectId, busy);
	setTimeout(() => {
		recent.delete(projectId);
		if (busy.next) announceNow(projectId, publish).then(busy.next.resolve);
	}, EVERY_MS).unref();
	return publish(projectId);
}
