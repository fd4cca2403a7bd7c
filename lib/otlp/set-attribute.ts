import type { AnyValue, Attributes } from "@/lib/span/any-value";

/** Adds an attribute; one with the same key gives way, and its place with it. */
export function setAttribute(into: Attributes, key: string, value: AnyValue): void {
	const { size } = into;
	into.set(key, value);
	if (into.size === size) {
		into.delete(key);
		into.set(key, value);
	}
}
