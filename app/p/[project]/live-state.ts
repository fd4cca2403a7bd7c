import { useSyncExternalStore } from "react";

/** Whether the page keeps itself up to date, as what does so last said. */
export type LiveState = "starting" | "live" | "trouble" | "off";

let current: LiveState = "starting";
const listeners = new Set<() => void>();

export function publishLiveState(state: LiveState) {
	current = state;
	for (const changed of listeners) changed();
}

/** For what shows it elsewhere on the page. */
export function useLiveState(): LiveState {
	return useSyncExternalStore(
		subscribe,
		() => current,
		() => "starting",
	);
}

function subscribe(changed: () => void) {
	listeners.add(changed);
	return () => listeners.delete(changed);
}
