import { z } from "zod";
import { type ActionResult, invalidForm } from "@/app/_ui/action-result";

const HOUR_MS = 3_600_000;

export const BACKFILL_PERIODS = [
	{ key: "1h", label: "in the last hour", hours: 1 },
	{ key: "24h", label: "in the last day", hours: 24 },
	{ key: "7d", label: "in the last 7 days", hours: 7 * 24 },
	{ key: "30d", label: "in the last 30 days", hours: 30 * 24 },
] as const;

export interface BackfillWish {
	from: Date;
	/** Not part of it. */
	to: Date;
	anew: boolean;
}

const moment = z
	.string()
	.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, "choose a day and a time")
	.transform((text) => new Date(`${text}Z`))
	.refine((date) => !Number.isNaN(date.getTime()), "choose a day and a time");

const Between = z
	.object({ from: moment, to: moment })
	.refine(({ from, to }) => from < to, { path: ["to"], message: "must be after the beginning" });

/** The form of a backfill: one of the periods up to now, or two moments of UTC. */
export function parseBackfill(
	form: FormData,
	now: Date = new Date(),
): { wish: BackfillWish; refusal: null } | { wish: null; refusal: ActionResult } {
	const text = (name: string) => String(form.get(name) ?? "");
	const anew = form.has("anew");
	const period = BACKFILL_PERIODS.find(({ key }) => key === text("period"));
	if (period) {
		const from = new Date(now.getTime() - period.hours * HOUR_MS);
		return { wish: { from, to: now, anew }, refusal: null };
	}
	const between = Between.safeParse({ from: text("from"), to: text("to") });
	if (!between.success) return { wish: null, refusal: invalidForm(between.error) };
	return { wish: { ...between.data, anew }, refusal: null };
}
