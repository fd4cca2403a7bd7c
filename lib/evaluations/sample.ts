import { createHash } from "node:crypto";
import { type Sql, sql, uint } from "@/lib/clickhouse/sql";

const PLACES = 2 ** 32;

/**
 * Where a trace stands between 0 and 1, always the same: a rule that judges a tenth takes those below 0.1. It does not
 * depend on the rule, so the tenth that one judges is part of the half that another does.
 */
export function sampleOf(traceId: string): number {
	return createHash("md5").update(traceId).digest().readUInt32BE(0) / PLACES;
}

/** As `sampleOf(trace_id) < rate`, of a row of `spans`. */
export function isSampledSql(rate: number): Sql {
	if (rate >= 1) return sql`1`;
	return sql`reinterpretAsUInt32(reverse(substring(MD5(trace_id), 1, 4))) < ${uint(Math.ceil(rate * PLACES))}`;
}

export function isSampled(traceId: string, rate: number): boolean {
	return sampleOf(traceId) * PLACES < Math.ceil(rate * PLACES);
}
