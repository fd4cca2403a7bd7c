import { z } from "zod";

// Every event by name with its payload: ids only, never content, prompts or keys.

export const SPANS_INGESTED = "spans/ingested";
export const SpansIngested = z.object({ projectId: z.uuid() });

export const EVALUATION_REQUESTED = "evaluation/requested";
export const EvaluationRequested = z.object({ taskId: z.uuid(), projectId: z.uuid(), connectionId: z.uuid() });

/** Sent once at the start of a process: what an earlier one left unfinished is looked for at once. */
export const PROCESS_STARTED = "process/started";
