import { jsonValue } from "@/lib/db/json-value";
import { snapshotOf } from "@/lib/evaluations/task-snapshot";
import type { Rule } from "@/lib/rules/rule";

interface Found {
	traceId: string;
	spanId: string;
	expiresAt: Date;
	now: Date;
}

/** The task that a rule makes of a span that fits it; a whole trace waits first, for more of it may come. */
export function newTask(rule: Rule, { traceId, spanId, expiresAt, now }: Found) {
	const isTrace = rule.target === "TRACE";
	return {
		projectId: rule.projectId,
		ruleId: rule.id,
		ruleVersion: rule.version,
		connectionId: rule.connectionId,
		priority: rule.priority,
		traceId,
		spanId: isTrace ? "" : spanId,
		notBefore: isTrace ? new Date(now.getTime() + rule.settleSeconds * 1000) : null,
		snapshot: jsonValue(snapshotOf(rule)),
		expiresAt,
	};
}
