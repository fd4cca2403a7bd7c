type Fields = Record<string, string | number | boolean | null | undefined>;

function line(level: "info" | "warn" | "error", message: string, fields: Fields): void {
	const pairs = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(
			([key, value]) => ` ${key}=${typeof value === "string" && /[\s"]/.test(value) ? JSON.stringify(value) : value}`,
		);
	const text = `${new Date().toISOString()} ${level} ${message}${pairs.join("")}`;
	if (level === "error") console.error(text);
	else console.log(text);
}

/** One line per event. Fields carry ids, counts and codes, never content, prompts or keys. */
export const logger = {
	info: (message: string, fields: Fields = {}) => line("info", message, fields),
	warn: (message: string, fields: Fields = {}) => line("warn", message, fields),
	error: (message: string, fields: Fields = {}) => line("error", message, fields),
};
