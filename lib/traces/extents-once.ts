import { findExtents, type TraceExtent, type TraceKey, traceKeyText } from "@/lib/traces/find-extents";

/** The extents of the given traces by `traceKeyText`; one that is stored nowhere is absent. */
export type ExtentsOf = (keys: readonly TraceKey[]) => Promise<Map<string, TraceExtent>>;

/** As `findExtents`, for one request: the traces of a page are asked for at every step of it, and looked up at the first. */
export function extentsOnce(): ExtentsOf {
	const known = new Map<string, TraceExtent | undefined>();
	return async (keys) => {
		const unknown = keys.filter((key) => !known.has(traceKeyText(key)));
		const found = await findExtents(unknown);
		for (const text of unknown.map(traceKeyText)) known.set(text, found.get(text));
		return new Map(
			keys.map(traceKeyText).flatMap((text) => {
				const extent = known.get(text);
				return extent ? [[text, extent] as const] : [];
			}),
		);
	};
}
