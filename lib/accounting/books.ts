import { dateTime64, type Sql, type SqlParameter, sql, strings, uint } from "@/lib/clickhouse/sql";

/** Which part of the books is read. */
export interface Books {
	/** Null: all projects, and spans that named none. */
	projectIds: readonly string[] | null;
	/** The beginning of the first minute, in milliseconds since the epoch. */
	fromMs: number;
}

/** Rows of the window, of any table that has a minute. */
export const inWindow = ({ fromMs }: Books) => sql`minute >= ${dateTime64(new Date(fromMs))}`;

/** Rows of the projects, of any table that has a project. */
export const inProjects = ({ projectIds }: Books) =>
	projectIds === null ? sql`true` : sql`project_id IN ${strings(projectIds)}`;

export const covers = ({ projectIds }: Books, projectId: string): boolean => projectIds?.includes(projectId) ?? true;

/**
 * Aggregate: the latest arrival of a group as one number, its moment of insertion and in the lowest twenty bits its minute.
 * There may be millions of groups, so a state must be a few bytes: `argMax` takes ten times as long.
 */
export const latestArrival = ({ fromMs }: Books): Sql => sql`max(bitOr(
	bitShiftLeft(toUInt64(toUnixTimestamp64Milli(inserted_at)), 20),
	toUInt64(intDiv(toUnixTimestamp(minute) - ${uint(fromMs / 1000)}, 60))))`;

/** The minute of such a number, in seconds since the epoch. */
export const latestMinute = ({ fromMs }: Books, latest: Sql): Sql =>
	sql`${uint(fromMs / 1000)} + bitAnd(${latest}, 1048575) * 60`;

/** Moments in milliseconds since the epoch. */
export const millis = (moments: Iterable<number>): SqlParameter => ({
	type: "Array(Int64)",
	value: [...new Set(moments)],
});

export const doorId = (receivedMs: number | string, projectId: string): string => `${receivedMs} ${projectId}`;
