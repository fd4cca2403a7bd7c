import { findLatestArrival } from "@/lib/traces/find-latest-arrival";

const PAUSE_MS = 1000;
/** Between asking for the first time and the page that was rendered before. */
const LOOK_BACK_MS = 10_000;

/** `arrived`: spans came. `away`: the span store does not answer; `back`: it does again. */
export type Arrival = "arrived" | "away" | "back";

const AWAY = Symbol("away");

interface Watch {
	listeners: Set<(arrival: Arrival) => void>;
	/** A moment, then as `findLatestArrival` tells it. */
	latest: Date | string;
	isAway: boolean;
	timer: NodeJS.Timeout;
}

const watches = new Map<string, Watch>();

/**
 * Tells of spans that arrive for the projects, at most once a second, until the returned function is called. However many
 * listen in this process, the store is asked once a second for the same projects, and not at all when nobody listens.
 */
export function watchArrivals(projectIds: readonly string[], listener: (arrival: Arrival) => void): () => void {
	const key = [...projectIds].sort().join(" ");
	const watch = watches.get(key) ?? openWatch(key, projectIds);
	watch.listeners.add(listener);
	return () => {
		watch.listeners.delete(listener);
		if (watch.listeners.size > 0 || watches.get(key) !== watch) return;
		clearTimeout(watch.timer);
		watches.delete(key);
	};
}

function openWatch(key: string, projectIds: readonly string[]): Watch {
	const look = async () => {
		const found = await findLatestArrival(projectIds, watch.latest).catch(() => AWAY);
		if (found === AWAY) {
			if (!watch.isAway) tell("away");
		} else if (watch.isAway) tell("back");
		else if (found) tell("arrived");
		watch.isAway = found === AWAY;
		if (typeof found === "string") watch.latest = found;
		if (watches.get(key) === watch) watch.timer = setTimeout(look, PAUSE_MS);
	};
	const tell = (arrival: Arrival) => {
		for (const listener of watch.listeners) listener(arrival);
	};
	const watch: Watch = {
		listeners: new Set(),
		latest: new Date(Date.now() - LOOK_BACK_MS),
		isAway: false,
		timer: setTimeout(look, PAUSE_MS),
	};
	watches.set(key, watch);
	return watch;
}
