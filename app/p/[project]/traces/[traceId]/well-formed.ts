/**
 * The value with every lone surrogate in its texts replaced, as UTF-8 would. JSON within an attribute can spell one, HTML
 * cannot hold it, and a page whose text differs from its HTML is thrown away and drawn again.
 */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
	if (typeof value === "string") return value.toWellFormed();
	if (Array.isArray(value)) return value.map((item) => wellFormed(item));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]));
}
