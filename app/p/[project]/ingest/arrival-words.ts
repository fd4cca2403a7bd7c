import type { SeriesTone } from "@/app/_ui/chart/series";
import { formatCount } from "@/app/_ui/format-number";
import { OUTCOMES, type Outcome } from "@/app/p/[project]/ingest/arrival-bars";

interface OutcomeWords {
	word: string;
	tone: SeriesTone;
	meaning: string;
}

/** What we call each term of the books, how it is drawn, and what it means. */
export const OUTCOME_WORDS: Record<Outcome | "missing", OutcomeWords> = {
	stored: {
		word: "stored",
		tone: "accent",
		meaning: "The trace store has them: what the sender was told 200 for.",
	},
	duplicates: {
		word: "duplicates",
		tone: "muted",
		meaning: "The same span once more, often because a sender repeated a request. It replaced itself and counts once.",
	},
	rejected: {
		word: "rejected",
		tone: "fail",
		meaning: "Left out or turned away, and the sender was told why: below, by reason.",
	},
	inFlight: {
		word: "in flight",
		tone: "warn",
		meaning: "Being written at this moment. Their senders have no answer yet.",
	},
	missing: {
		word: "missing",
		tone: "ink",
		meaning: "Accepted, and not there any more although their retention has not ended. There must be none.",
	},
};

/** `1,204 received = 1,150 stored + 50 duplicates + 4 rejected + 0 in flight`, and what is missing when something is. */
export function equationWords(counts: Record<Outcome | "received", number>, missing = 0): string {
	const terms = OUTCOMES.map((outcome) => `${formatCount(counts[outcome])} ${OUTCOME_WORDS[outcome].word}`);
	if (missing > 0) terms.push(`${formatCount(missing)} ${OUTCOME_WORDS.missing.word}`);
	return `${formatCount(counts.received)} received = ${terms.join(" + ")}`;
}
