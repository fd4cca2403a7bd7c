import { useContext, useEffect, useEffectEvent } from "react";
import { KeyContext } from "@/app/p/[project]/_keys/key-provider";
import type { KeyAction } from "@/app/p/[project]/_keys/key-table";

/**
 * Does something at a key of the table. While several components listen for one action, the one that was enabled last has
 * it, so `close` reaches what was opened last. Keys do not fire while somebody types.
 */
export function useKey(action: KeyAction, run: (event: KeyboardEvent) => void, { enabled = true } = {}) {
	const bindings = useContext(KeyContext);
	const onKey = useEffectEvent(run);

	useEffect(() => {
		if (!enabled) return;
		return bindings?.bind(action, (event) => onKey(event));
	}, [bindings, action, enabled]);
}
