import { Shuffle } from "lucide-react";
import { STATES } from "@/app/p/[project]/traces/evaluation-state";

/** What a rule can have to say of a trace: how its evaluation stands, or that chance spared it one. */
export const VERDICT_STATES = {
	...STATES,
	sampledOut: { word: "sampled out", tone: "neutral", Icon: Shuffle, urgency: -1 },
} as const;
export type VerdictState = keyof typeof VERDICT_STATES;
