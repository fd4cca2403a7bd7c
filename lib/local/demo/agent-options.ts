import { z } from "zod";

/** What the sample agent is told when it starts. */
export const AgentOptions = z.object({
	/** Address of the Spanwise server, and its admin key where one is configured. */
	serverUrl: z.string(),
	apiKey: z.string().optional(),
	/** Name of the project its traces belong to. */
	project: z.string(),
	/** Base URL of the scripted model. */
	modelUrl: z.string(),
	/** How many conversations come fast at first, and the pauses between these and between all others. */
	burst: z.number(),
	burstDelayMs: z.number(),
	delayMs: z.number(),
});
export type AgentOptions = z.infer<typeof AgentOptions>;
