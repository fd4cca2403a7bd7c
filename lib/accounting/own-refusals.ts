import { ledger, type RefusalKey, type Series } from "@/lib/accounting/ledger";
import { type Sql, sql, string, uint } from "@/lib/clickhouse/sql";

/** What this process had counted at one moment, in the series that it has not closed. */
export interface OwnRefusals {
	process: string;
	lastNumber: number;
	series: readonly Readonly<Series<RefusalKey>>[];
}

/** A copy of what this process counted: a reader takes it instead of what the store has of the same series. */
export function ownRefusals(): OwnRefusals {
	const series = [...ledger.refusals.values()].map((own) => ({ ...own, samples: [...own.samples] }));
	return { process: ledger.process, lastNumber: ledger.lastNumber, series };
}

/** Refusals as the store has them, each series once, without those of `own` and what this process began after it. */
export function storedRefusals(
	level: RefusalKey["level"],
	inWindow: Sql,
	{ process, lastNumber, series }: OwnRefusals,
): Sql {
	const numbers = { type: "Array(UInt32)", value: series.map(({ number }) => number) };
	return sql`
		SELECT minute, project_id, status, signal, reason, sender, max(count) AS refused,
			groupUniqArrayArray(20)(samples) AS ids, max(last_at) AS latest
		FROM ingest_refusals
		WHERE level = ${string(level)} AND ${inWindow}
			AND NOT (process = ${string(process)} AND (series > ${uint(lastNumber)} OR series IN ${numbers}))
		GROUP BY minute, project_id, status, signal, reason, sender, process, series`;
}
