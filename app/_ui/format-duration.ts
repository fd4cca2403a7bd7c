/** Nanoseconds in three digits, so that a column lines up: `850 µs`, `12.3 ms`, `1.24 s`, `2m 03s`, `1h 04m`. */
export function formatDuration(nanos: bigint): string {
	if (nanos < 1_000n) return `${nanos} ns`;
	const micros = Number(nanos) / 1e3;
	if (micros < 999.5) return `${significant(micros)} µs`;
	const millis = micros / 1e3;
	if (millis < 999.5) return `${significant(millis)} ms`;
	const seconds = millis / 1e3;
	if (seconds < 59.95) return `${significant(seconds)} s`;
	const whole = Math.round(seconds);
	if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
	const minutes = Math.round(seconds / 60);
	return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}

function significant(value: number): string {
	const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
	return value.toFixed(decimals);
}

function two(value: number): string {
	return String(value).padStart(2, "0");
}
