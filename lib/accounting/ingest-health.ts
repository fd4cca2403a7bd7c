/**
 * What became of the spans that arrived. Each arrival counts by itself, so a span that is sent three times was received
 * three times. received = stored + duplicates + rejected + inFlight, unless something is missing: that is the difference.
 */
export interface IngestCounts {
	received: number;
	/** Spans that are kept, each counted once, with its latest arrival. */
	stored: number;
	/** Earlier arrivals of spans that arrived again in the same project. */
	duplicates: number;
	/** Left out, or turned away to be sent again. */
	rejected: number;
	/** Taken in by the door and not known to be stored yet. */
	inFlight: number;
	/** How many were rejected for which reason; the values add up to `rejected`. */
	rejectedByReason: Record<string, number>;
}

/** Counts of the spans that the door received in one minute. */
export interface IngestMinute extends IngestCounts {
	/** The beginning of the minute. */
	minute: Date;
}

/** Counts of the spans that named one project; `projectId` is empty for spans that named no known one. */
export interface IngestProject extends IngestCounts {
	projectId: string;
}

/** Who sent spans that were taken; text that the sender did not tell is empty. */
export interface IngestSender {
	service: string;
	/** Name, language and version, e.g. `opentelemetry nodejs 2.1.0`. */
	sdk: string;
	convention: string;
	/** Arrivals. */
	spans: number;
	lastAt: Date;
}

/** Spans left out for one reason from one sender. */
export interface RejectedSpans {
	/** Without the indexes that tell one span from the other. */
	reason: string;
	sender: string;
	spans: number;
	/** Trace and span ids as they were sent, at most twenty. */
	samples: string[];
	lastAt: Date;
}

/** Requests refused as a whole, so nobody knows which spans or whose: wrong key, unreadable body, too large. */
export interface RefusedRequests {
	/** Of the HTTP answer. */
	status: number;
	reason: string;
	signal: string;
	sender: string;
	requests: number;
	lastAt: Date;
}

export interface IngestFailure {
	/** Of the HTTP answer; null for spans left out of a request that was taken. */
	status: number | null;
	reason: string;
	sender: string;
	at: Date;
}

export interface IngestHealth extends IngestCounts {
	/** The beginning of the first minute that is counted. */
	from: Date;
	to: Date;
	/**
	 * Arrivals that are neither kept, nor rejected, nor in flight: spans that were taken and are gone before their time. Null
	 * when the audit could not finish: not known.
	 */
	missing: number | null;
	/** True when nothing is missing; null when that is not known. */
	balanced: boolean | null;
	/** Minutes in which something was received, oldest first. */
	minutes: IngestMinute[];
	/** Projects for which something was received, the most first. */
	projects: IngestProject[];
	/** The most spans first. */
	senders: IngestSender[];
	/** The latest first. */
	rejections: RejectedSpans[];
	/** The latest first; of all projects, because a refused request has none that can be trusted. */
	refusedRequests: RefusedRequests[];
	lastError: IngestFailure | null;
	/** From the door to the store's clock, over the arrivals of the window; null without any. */
	lag: { p50Ms: number; p99Ms: number } | null;
}
