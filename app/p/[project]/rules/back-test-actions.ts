"use server";

import { z } from "zod";
import { failureMessage } from "@/app/_ui/action-result";
import type { DryRunOutcome, ForecastOutcome } from "@/app/p/[project]/rules/back-test-outcome";
import { parseRule } from "@/app/p/[project]/rules/parse-rule";
import { requirePerson } from "@/lib/auth/require-person";
import { dryRunRule } from "@/lib/evaluations/dry-run-rule";
import { forecastRule } from "@/lib/evaluations/forecast-rule";

const DAYS = 7;
const Examples = z.array(z.object({ traceId: z.string(), spanId: z.string() })).max(5);

/** What the rule that a form holds would have done in the last days. Nothing is saved. */
export async function forecastRuleAction(projectId: string, form: FormData): Promise<ForecastOutcome> {
	await requirePerson();
	const { input, refusal } = parseRule(form);
	if (input === null) return { failure: refusal };
	try {
		return { forecast: await forecastRule(projectId, input, { days: DAYS }), target: input.target };
	} catch (error) {
		return { failure: { ok: false, message: failureMessage(error) } };
	}
}

/** Judges a few stored spans by the rule that a form holds. Nothing is saved. */
export async function dryRunRuleAction(projectId: string, form: FormData, examples: unknown): Promise<DryRunOutcome> {
	await requirePerson();
	const { input, refusal } = parseRule(form);
	if (input === null) return { failure: refusal };
	try {
		return { runs: await dryRunRule(projectId, input, Examples.parse(examples)) };
	} catch (error) {
		return { failure: { ok: false, message: failureMessage(error) } };
	}
}
