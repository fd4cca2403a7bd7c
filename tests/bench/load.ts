// What the bench and its load generator, a process of its own, say to each other.

export type Encoding = "json" | "protobuf";

/** Requests that the generator makes ready before any clock runs. */
export type Preparation = {
	/** What `LoadOptions.bodies` names. */
	name: string;
} & (
	| {
			/** OTLP export requests of the bench corpus. */
			kind: "exports";
			encoding: Encoding;
			project: string;
			seed: number;
			requests: number;
			spansEach: number;
	  }
	| {
			/** Insert statements with blocks of rows in RowBinary, read from the spans that the project has stored. */
			kind: "blocks";
			clickhouseUrl: string;
			projectId: string;
			blocks: number;
			rowsEach: number;
			/** Of the statement, beside ClickHouse's own. */
			settings?: Readonly<Record<string, string>>;
	  }
);

export interface Prepared {
	requests: number;
	spans: number;
	/** Of the bodies, without headers. */
	bytes: number;
}

export interface LoadOptions {
	bodies: string;
	/** Host and port are what counts: the path belongs to the request. */
	url: string;
	/** Connections, each of which sends its next request when the last one is answered. */
	senders: number;
	/** What they send with; absent: bare sockets, which cost the machine least. */
	client?: "node:http";
	/** Of all senders together; absent: as fast as they are answered. */
	spansPerSecond?: number;
	/** How long answers count; absent: until every body was sent once, with its ids as they were prepared. */
	seconds?: number;
	/** What is sent before that. */
	warmUpSeconds?: number;
}

export interface LoadResult {
	/** Of the time that counted. */
	seconds: number;
	/** Requests that were answered 200, and their spans; one that began or ended outside that time counts in part. */
	requests: number;
	spans: number;
	/** Other answers, by status; 0 is a lost connection. */
	refused: Record<string, number>;
	/** From the first byte sent, or the moment it was due, to the last byte of a 200, in milliseconds. */
	p50Ms: number;
	p99Ms: number;
}

export type Order = { order: "prepare"; preparation: Preparation } | { order: "load"; options: LoadOptions };

export type Report =
	| { report: "ready" }
	| { report: "prepared"; prepared: Prepared }
	| { report: "clock started" }
	| { report: "clock stopped" }
	| { report: "loaded"; result: LoadResult }
	| { report: "failed"; message: string };
