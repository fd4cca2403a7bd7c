import { z } from "zod";

// Every event by name with its payload: ids only, never content, prompts or keys.

export const SPANS_INGESTED = "spans/ingested";
export const SpansIngested = z.object({ projectId: z.uuid() });

/** Tasks of one lane, to be worked on one after the other. */
export const EVALUATIONS_REQUESTED = "evaluations/requested";
export const EvaluationsRequested = z.object({
	taskIds: z.array(z.uuid()),
	connectionId: z.uuid().nullable(),
	lane: z.string(),
});

/** From `at` on, evaluations of a queue need not wait any more. */
export const EVALUATIONS_WAITING = "evaluations/waiting";
export const EvaluationsWaiting = z.object({ connectionId: z.uuid().nullable(), at: z.iso.datetime() });

/** A backfill was asked for, or has more to do. */
export const BACKFILL_REQUESTED = "backfill/requested";
export const BackfillRequested = z.object({ backfillId: z.uuid() });

export const DELIVERY_REQUESTED = "webhook/delivery-requested";
export const DeliveryRequested = z.object({ deliveryId: z.uuid(), webhookId: z.uuid() });

/** Sent once at the start of a process: what an earlier one left unfinished is looked for at once. */
export const PROCESS_STARTED = "process/started";

/** What a function with a cron is called with at each tick. */
export const SCHEDULED = "inngest/scheduled.timer";
