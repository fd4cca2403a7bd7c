import type { Rejection } from "@/lib/otlp/decoded";

const MESSAGE_CHARS_MAX = 1000;
const PART_CHARS_MAX = 300;

/**
 * What a sender's log should say to be mended by: each reason once, with the first place and how often; then the warnings.
 * About a thousand characters; what does not fit is counted. Empty when there is nothing to tell.
 */
export function explain(rejections: readonly Rejection[], warnings: readonly string[]): string {
	if (rejections.length === 0 && warnings.length === 0) return "";
	const reasons = new Map<string, { path: string; count: number }>();
	for (const { path, reason } of rejections) {
		const told = reasons.get(reason);
		if (told) told.count += 1;
		else reasons.set(reason, { path, count: 1 });
	}
	const parts = [...reasons].map(([reason, { path, count }]) => ({
		text: `${path}: ${reason}${count > 1 ? ` (${count} times)` : ""}`,
		count,
	}));
	return joinFitting([...parts, ...warnings.map((text) => ({ text, count: 1 }))]);
}

function joinFitting(parts: readonly { text: string; count: number }[]): string {
	let message = "";
	let left = parts.reduce((sum, { count }) => sum + count, 0);
	for (const { text, count } of parts) {
		const part = text.length > PART_CHARS_MAX ? `${text.slice(0, PART_CHARS_MAX - 3)}...` : text;
		if (message.length + part.length > MESSAGE_CHARS_MAX) return `${message}; and ${left} more`;
		message += message === "" ? part : `; ${part}`;
		left -= count;
	}
	return message;
}
