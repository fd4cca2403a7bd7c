import type { Span } from "@/lib/span/span";
import { deriveTrace } from "@/lib/traces/derive-trace";
import { encodeSkeleton } from "@/lib/traces/encode-skeleton";
import { decodeSkeleton, type Outline } from "@/lib/traces/outline";
import type { TraceFacts } from "@/lib/traces/read-skeleton";
import type { SkeletonWire } from "@/lib/traces/skeleton-wire";
import { PLAIN_TRACE, plainSpan, skeletonOf } from "@/tests/support/plain-span";

type Fields = Parameters<typeof plainSpan>[0];

/** Ids for tests: `a` is `000000000000000a`. */
export function spanIdOf(letter: string): string {
	return letter.charCodeAt(0).toString(16).padStart(16, "0");
}

/** A span called by a letter, which its parent is called by, too; times in nanoseconds. */
export function lettered(letter: string, parent: string | null, fields: Fields = {}): Span {
	return plainSpan({
		name: letter,
		spanId: spanIdOf(letter),
		parentSpanId: parent === null ? null : spanIdOf(parent),
		...fields,
	});
}

/** Spans as they travel to a page. */
export function wireOf(spans: readonly Span[]): SkeletonWire {
	const skeleton = spans.map(skeletonOf);
	const moment = new Date(0);
	const { inputSource, outputSource, ...fields } = deriveTrace(skeleton);
	const facts: TraceFacts = {
		...fields,
		traceId: PLAIN_TRACE,
		projectId: null,
		progress: "finished",
		createdAt: moment,
		updatedAt: moment,
		expiresAt: moment,
	};
	return encodeSkeleton({
		facts,
		spans: skeleton,
		spanCount: spans.length,
		version: "1",
		costSplit: null,
		inputSource,
		outputSource,
	});
}

/** Spans as a page has them, by way of JSON. */
export function outlineOf(spans: readonly Span[]): Outline {
	return decodeSkeleton(JSON.parse(JSON.stringify(wireOf(spans))));
}
