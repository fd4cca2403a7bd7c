/** Where a derived value comes from, in words: `from gen_ai.system`, or the reason why it is assumed. */
export function provenanceWords(from: string | null | undefined): string | undefined {
	if (!from) return undefined;
	return REASON.test(from) ? from : `from ${from}`;
}

/** Derivation gives a key, or this where no key says it. */
const REASON = /^inferred /;
