import type { Evidence, Field } from "@/lib/genai/dialect";
import { readCount } from "@/lib/genai/meaningful";
import type { Usage } from "@/lib/span/usage";

/** Rows from here on read the usage object of a recorded response: only when no attribute of its own tells a count. */
const BLOB_PLACE = 1000;
const isOwnKey = (place: number) => place < BLOB_PLACE;

export interface DerivedUsage {
	usage: Usage;
	basis: "reported" | "corrected";
	/** Part of cache_creation kept for an hour. */
	cacheCreation1h: number | null;
	from: string;
}

/**
 * The token counts of a span, put right: `input` includes caches, `output` includes reasoning, whatever the producer's
 * convention is. Null when nothing is told.
 */
export function deriveUsage(evidence: Evidence): DerivedUsage | null {
	const counts = readCounts(evidence, OWN_COUNTS, isOwnKey) ?? readCounts(evidence, OWN_COUNTS);
	return counts && correct(counts, evidence);
}

/** Token counts that say of themselves that they repeat those of the spans below. */
export function deriveAggregate(evidence: Evidence): DerivedUsage | null {
	const counts = readCounts(evidence, AGGREGATE_COUNTS);
	return counts && correct(counts, evidence);
}

function correct(counts: { usage: Usage; from: string }, evidence: Evidence): DerivedUsage {
	const corrected = includeParts(counts.usage, evidence);
	clamp(counts.usage);
	complete(counts.usage);
	const hour = evidence.firstOf("usage.cache_creation_1h", readCount);
	return {
		usage: counts.usage,
		from: counts.from,
		basis: corrected ? "corrected" : "reported",
		cacheCreation1h: hour && hour.value <= (counts.usage.cache_creation ?? 0) ? hour.value : null,
	};
}

const OWN_COUNTS: readonly (readonly [keyof Usage, Field])[] = [
	["input", "usage.input"],
	["output", "usage.output"],
	["cache_read", "usage.cache_read"],
	["cache_creation", "usage.cache_creation"],
	["reasoning", "usage.reasoning"],
	["audio_input", "usage.audio_input"],
	["audio_output", "usage.audio_output"],
	["total", "usage.total"],
];
const AGGREGATE_COUNTS: readonly (readonly [keyof Usage, Field])[] = [
	["input", "aggregate.input"],
	["output", "aggregate.output"],
	["total", "aggregate.total"],
];

// Details of a count that nobody tells are no usage.
function readCounts(
	evidence: Evidence,
	counts: readonly (readonly [keyof Usage, Field])[],
	accepts?: (place: number) => boolean,
): { usage: Usage; from: string } | null {
	const usage: Usage = {};
	let from: string | null = null;
	for (const [count, field] of counts) {
		const found = evidence.firstOf(field, readCount, accepts);
		if (!found) continue;
		usage[count] = found.value;
		from ??= found.from;
	}
	const told = usage.input !== undefined || usage.output !== undefined || usage.total !== undefined;
	return told && from !== null ? { usage, from } : null;
}

// Some producers count cached tokens beside the input and reasoning beside the output, instead of inside; what they count
// of audio then stands beside as well. Their own totals give them away.
function includeParts(usage: Usage, evidence: Evidence): boolean {
	const { input = 0, output = 0, total } = usage;
	const cached = (usage.cache_read ?? 0) + (usage.cache_creation ?? 0);
	const reasoning = usage.reasoning ?? 0;
	if (cached === 0 && reasoning === 0) return false;
	const audio = [usage.audio_input ?? 0, usage.audio_output ?? 0] as const;
	const beside = [
		[0, 0],
		[cached, 0],
		[0, reasoning],
		[cached, reasoning],
		[cached + audio[0], reasoning + audio[1]],
	] as const;
	const [addedInput, addedOutput] = beside.find(([more, less]) => total === input + output + more + less) ?? [0, 0];
	const excludesCaches =
		addedInput === 0 && (evidence.convention === "claude-code" || cached > input || isExclusiveAiSdk(evidence));
	if (usage.input !== undefined) usage.input += excludesCaches ? cached : addedInput;
	if (usage.output !== undefined) usage.output += addedOutput;
	return addedInput > 0 || addedOutput > 0 || (excludesCaches && cached > 0);
}

// Up to version 5 the AI SDK passed on what Anthropic and Bedrock report, which leaves caches out.
function isExclusiveAiSdk(evidence: Evidence): boolean {
	return (
		evidence.convention === "ai-sdk" &&
		/^(anthropic|amazon-bedrock)/.test(evidence.text("ai.model.provider") ?? "") &&
		!evidence.hasHead("ai.usage.inputTokenDetails.")
	);
}

// A part never exceeds its whole: price tables refuse such numbers.
function clamp(usage: Usage): void {
	const cached = (usage.cache_read ?? 0) + (usage.cache_creation ?? 0);
	if (cached > (usage.input ?? 0)) {
		if (usage.cache_read) delete usage.cache_read;
		if (usage.cache_creation) delete usage.cache_creation;
	}
	if ((usage.audio_input ?? 0) > (usage.input ?? 0)) delete usage.audio_input;
	if ((usage.reasoning ?? 0) > (usage.output ?? 0)) delete usage.reasoning;
	if ((usage.audio_output ?? 0) > (usage.output ?? 0)) delete usage.audio_output;
}

function complete(usage: Usage): void {
	const sum = (usage.input ?? 0) + (usage.output ?? 0);
	if (usage.total === undefined || usage.total < sum) usage.total = sum;
}
