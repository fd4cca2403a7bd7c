/**
 * How much of a request is taken; the same in both encodings and for both signals. Only the limits of a whole request refuse
 * it (`payload_too_large`, and nothing is kept). What goes beyond any other is cut where it stands, visibly, and told: in the
 * attribute `spanwise.cut` of the span, log record, resource or scope, and in the warnings of the answer.
 */
export const LIMITS = {
	/** Bytes of a request body as sent. */
	bodyBytes: 16 * 1024 * 1024,
	/** Bytes of a request body after decompression. */
	inflatedBytes: 64 * 1024 * 1024,
	/** Spans or log records of a request, malformed ones included. */
	records: 50_000,
	/**
	 * Resources, scopes, attributes, values inside of values, events and links of a request, all together. Two bytes of protobuf make one of
	 * them, and a hundred bytes of memory: without this limit, a small compressed body could end the process.
	 */
	parts: 2_000_000,
	/** Objects and lists of a JSON body, which are all in memory before the first of them is looked at. */
	jsonStructures: 4_000_000,
	/** Attributes of a span, log record, event, link, resource or scope, by distinct keys; further ones are dropped and counted. */
	attributes: 16_384,
	/** Events of a span; further ones are dropped and counted. */
	events: 10_000,
	/** Links of a span; further ones are dropped and counted. */
	links: 10_000,
	/** UTF-8 bytes of a text value and of a status message, and bytes of a bytes value; the rest is cut off. */
	valueBytes: 4 * 1024 * 1024,
	/** UTF-8 bytes of a name, a version, a schema URL, a severity or a trace state; the rest is cut off. */
	nameBytes: 16 * 1024,
	/** UTF-8 bytes of an attribute's key; the rest is cut off. */
	keyBytes: 1024,
	/** Values inside of values; what is nested deeper is replaced by a text that says so. */
	depth: 256,
	/** Entries of `spanwise.cut`, and warnings of a request; the rest is counted. */
	toldCuts: 20,
} as const;

/** The attribute that tells what was cut: a list of texts such as `attributes[input]: 4194304 of 9000000 bytes kept`. */
export const CUT_ATTRIBUTE = "spanwise.cut";
