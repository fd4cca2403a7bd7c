export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member under either spelling; null, which JSON mappings write for absent ones, is undefined. */
export function field(container: Json, camel: string): unknown {
	const value = container[camel] ?? container[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
	return value ?? undefined;
}
