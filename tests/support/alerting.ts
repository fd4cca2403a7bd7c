import type { AlertInput } from "@/lib/alerts/alert";
import { insert } from "@/lib/clickhouse/insert";
import { randomHex } from "@/lib/ids";
import type { Project } from "@/lib/projects/project";
import type { Span } from "@/lib/span/span";
import { plainSpan } from "@/tests/support/plain-span";

export function alertInput(given: Partial<AlertInput> = {}): AlertInput {
	return {
		name: `alert ${randomHex(6)}`,
		ruleId: null,
		metric: "PASS_RATE",
		comparison: "BELOW",
		threshold: 0.5,
		windowMinutes: 60,
		minSamples: 1,
		enabled: true,
		...given,
	};
}

interface GivenScore {
	ruleId?: string;
	evaluationId?: string;
	/** What was judged; something else each time unless it is given. */
	traceId?: string;
	success?: boolean;
	/** 0 to 1; null when the answer could not be read. */
	normalised?: number | null;
	attempt?: number;
	at?: Date;
}

/** Stores scores as evaluations leave them. */
export async function giveScores(project: Project, scores: GivenScore[]): Promise<void> {
	const text = (moment: Date) => moment.toISOString().slice(0, -1).replace("T", " ");
	const rows = scores.map(({ normalised = 1, ...score }) => ({
		project_id: project.id,
		// The same for each attempt at an evaluation.
		trace_id: score.traceId ?? score.evaluationId?.replaceAll("-", "") ?? randomHex(16),
		span_id: "0".repeat(15).concat("1"),
		evaluation_id: score.evaluationId ?? crypto.randomUUID(),
		rule_id: score.ruleId ?? "",
		score: normalised ?? 0,
		score_min: 0,
		score_max: 1,
		normalised,
		success: score.success ?? true,
		parse_failed: normalised === null,
		attempt: score.attempt ?? 1,
		scored_at: text(score.at ?? new Date()),
		expires_at: text(new Date(Date.now() + 86_400_000)),
	}));
	await insert("scores", rows);
}

interface GivenSpan extends Partial<Omit<Span, "trace">> {
	/** When it ended. */
	at?: Date;
	durationMs?: number;
}

/** A span of a project that ended at a moment; a root unless it names a parent. */
export function endedSpan(project: Project, { at = new Date(), durationMs = 100, ...fields }: GivenSpan = {}): Span {
	const end = BigInt(at.getTime()) * 1_000_000n;
	return plainSpan({
		projectId: project.id,
		traceId: randomHex(16),
		spanId: randomHex(8),
		startTimeUnixNano: end - BigInt(Math.round(durationMs * 1e6)),
		endTimeUnixNano: end,
		...fields,
	});
}
