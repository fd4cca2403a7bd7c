import { dateTime64, type SqlParameter, sql, strings } from "@/lib/clickhouse/sql";

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

/** Moments in milliseconds since the epoch. */
export const millis = (moments: Iterable<number>): SqlParameter => ({
	type: "Array(Int64)",
	value: [...new Set(moments)].map(String),
});

export const doorId = (receivedMs: number | string, projectId: string): string => `${receivedMs} ${projectId}`;
