"use client";

import { useSyncExternalStore } from "react";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Props {
	epochMs: number;
	/** Digits after the second, for instance nine of them for nanoseconds. */
	fraction?: string;
	/** Leaves the year out; the title has it. */
	short?: boolean;
}

/**
 * A moment in the reader's time zone. The server, which does not know the zone, writes UTC in the same width; the
 * browser puts its own after hydration, so nothing mismatches and nothing moves.
 */
export function Time({ epochMs, fraction, short }: Props) {
	const hydrated = useSyncExternalStore(
		never,
		() => true,
		() => false,
	);
	const date = new Date(epochMs);
	const iso = isoText(date, fraction);
	return (
		<time dateTime={iso} title={iso} className="whitespace-nowrap tabular-nums">
			{momentText(date, hydrated ? date.getTimezoneOffset() : 0, short)}
			{fraction && <span className="text-faint">.{fraction}</span>}
		</time>
	);
}

function never() {
	return () => {};
}

function isoText(date: Date, fraction = String(date.getUTCMilliseconds()).padStart(3, "0")): string {
	return date.toISOString().replace(/\.\d+Z$/, `.${fraction}Z`);
}

function momentText(date: Date, offsetMinutes: number, short = false): string {
	const local = new Date(date.getTime() - offsetMinutes * 60_000);
	const two = (n: number) => String(n).padStart(2, "0");
	const day = `${MONTHS[local.getUTCMonth()]} ${two(local.getUTCDate())}`;
	const clock = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
	return short ? `${day} ${clock}` : `${day}, ${local.getUTCFullYear()} ${clock}`;
}
