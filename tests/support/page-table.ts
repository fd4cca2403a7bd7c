/** What the paths of pages are made of; `seedPages` makes one of each. */
export interface SeenIds {
	/** A project with traffic, rules, scores and an alert. */
	project: string;
	/** A project to which nothing ever came. */
	empty: string;
	/** A trace of the project with model calls, tools and verdicts. */
	traceId: string;
	/** The conversation that the trace is part of. */
	sessionId: string;
	ruleId: string;
	alertId: string;
	webhookId: string;
}

export interface SeenPage {
	/** Of its picture. */
	name: string;
	path(ids: SeenIds): string;
	/** A key that opens what is meant. */
	press?: string;
}

/** The id of a trace that nobody sent. */
export const NOWHERE = `${"0".repeat(31)}1`;

/** Every page as a reader may find it: full, empty, over all projects, and what opens over it. */
export const SEEN_PAGES: readonly SeenPage[] = [
	{ name: "sign-in", path: () => "/sign-in" },
	{ name: "projects", path: () => "/" },
	{ name: "overview", path: ({ project }) => `/p/${project}/overview` },
	{ name: "overview-all", path: () => "/p/all/overview?range=7d" },
	{ name: "overview-empty", path: ({ empty }) => `/p/${empty}/overview` },
	{ name: "traces", path: ({ project }) => `/p/${project}/traces` },
	{ name: "traces-all", path: () => "/p/all/traces" },
	{ name: "traces-empty", path: ({ empty }) => `/p/${empty}/traces` },
	{ name: "traces-search", path: ({ project }) => `/p/${project}/traces?q=order` },
	{ name: "traces-no-match", path: ({ project }) => `/p/${project}/traces?q=nothing+has+these+words` },
	{ name: "traces-bad-filter", path: ({ project }) => `/p/${project}/traces?filter=model+%3D+%3D` },
	{ name: "trace", path: ({ project, traceId }) => `/p/${project}/traces/${traceId}` },
	{ name: "trace-transcript", path: ({ project, traceId }) => `/p/${project}/traces/${traceId}?view=transcript` },
	{ name: "trace-raw", path: ({ project, traceId }) => `/p/${project}/traces/${traceId}?view=raw` },
	{ name: "compare", path: ({ project, traceId }) => `/p/${project}/compare?a=${traceId}&b=${traceId}` },
	{ name: "trace-over-list", path: ({ project, traceId }) => `/p/${project}/traces?peek=${traceId}` },
	{ name: "spans", path: ({ project }) => `/p/${project}/spans` },
	{ name: "sessions", path: ({ project }) => `/p/${project}/sessions` },
	{ name: "session", path: ({ project, sessionId }) => `/p/${project}/sessions/${encodeURIComponent(sessionId)}` },
	{ name: "users", path: ({ project }) => `/p/${project}/users` },
	{ name: "trace-not-found", path: ({ project }) => `/p/${project}/traces/${NOWHERE}` },
	{ name: "rules", path: ({ project }) => `/p/${project}/rules` },
	{ name: "rules-empty", path: ({ empty }) => `/p/${empty}/rules` },
	{ name: "rules-all", path: () => "/p/all/rules" },
	{ name: "rule-new", path: ({ project }) => `/p/${project}/rules/new` },
	{ name: "rule", path: ({ project, ruleId }) => `/p/${project}/rules/${ruleId}` },
	{ name: "rule-edit", path: ({ project, ruleId }) => `/p/${project}/rules/${ruleId}/edit` },
	{ name: "alerts", path: ({ project }) => `/p/${project}/alerts` },
	{ name: "alerts-empty", path: ({ empty }) => `/p/${empty}/alerts` },
	{ name: "alert-new", path: ({ project }) => `/p/${project}/alerts/new` },
	{ name: "alert", path: ({ project, alertId }) => `/p/${project}/alerts/${alertId}` },
	{ name: "webhook", path: ({ project, webhookId }) => `/p/${project}/alerts/webhooks/${webhookId}` },
	{ name: "prices", path: ({ project }) => `/p/${project}/prices` },
	{ name: "prices-empty", path: ({ empty }) => `/p/${empty}/prices` },
	{ name: "triggers", path: ({ project }) => `/p/${project}/triggers` },
	{ name: "connections", path: ({ project }) => `/p/${project}/connections` },
	{ name: "ingest", path: ({ project }) => `/p/${project}/ingest` },
	{ name: "ingest-empty", path: ({ empty }) => `/p/${empty}/ingest` },
	{ name: "keys", path: ({ project }) => `/p/${project}/rules`, press: "?" },
	{ name: "palette", path: ({ project }) => `/p/${project}/rules`, press: "Control+k" },
];
