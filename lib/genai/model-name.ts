const PREFIX = /^(models\/|publishers\/[^/]+\/models\/|projects\/.*\/models\/)/;

/** A model's name without the path that Google's services put before it; null for "unknown". */
export function normaliseModel(text: string): string | null {
	const name = text.trim().replace(PREFIX, "");
	return name === "" || name.toLowerCase() === "unknown" ? null : name;
}

/** A dated or tagged snapshot, or the alias of the newest one. */
const SNAPSHOT =
	/^(-\d{4}-?\d{2}-?\d{2}|-\d{3,4}|-\d{2}-\d{2,4}|:[\w.-]+|@[\w-]+|-v\d+(:\d+)?|-latest|-preview(-[\d-]+)?)+$/;

/** Whether two names are one model: equal but for a vendor before the slash and a snapshot's suffix. */
export function isSameModel(asked: string, answered: string): boolean {
	const a = bare(asked);
	const b = bare(answered);
	if (a === b) return true;
	return (b.startsWith(a) && SNAPSHOT.test(b.slice(a.length))) || (a.startsWith(b) && SNAPSHOT.test(a.slice(b.length)));
}

function bare(model: string): string {
	const name = model.toLowerCase();
	const own = name.includes("/") ? name.replace(/^.*\//, "") : name;
	return own.endsWith("-latest") ? own.slice(0, -"-latest".length) : own;
}
