interface Example {
	/** Scheme, host and port as the reader's browser reached us. */
	origin: string;
	projectId: string;
	/** Null once it is no longer known: the reader puts it in. */
	secret: string | null;
}

const PLACE = "/api/v1/webhooks/evaluations";

/** A shell command that asks for the evaluations of one trace, signed; curl and openssl are all it takes. */
export function traceCommand(example: Example): string {
	return command(example, `'{"projectId":"${example.projectId}","traceId":"'"$TRACE_ID"'"}'`, [
		"TRACE_ID=0123456789abcdef0123456789abcdef",
	]);
}

/** The same for one rule over the spans of a time range. */
export function rangeCommand(example: Example): string {
	const range = `"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z"`;
	return command(example, `'{"projectId":"${example.projectId}","ruleId":"'"$RULE_ID"'",${range}}'`, [
		"RULE_ID=00000000-0000-0000-0000-000000000000",
	]);
}

function command({ origin, secret }: Example, body: string, variables: string[]): string {
	return [
		secret === null ? 'SECRET="$SPANWISE_TRIGGER_SECRET"' : `SECRET=${secret}`,
		...variables,
		`BODY=${body}`,
		"TIMESTAMP=$(date +%s)",
		`SIGNATURE=$(printf '%s.%s' "$TIMESTAMP" "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`,
		[
			`curl -sS ${origin}${PLACE}`,
			"-H 'Content-Type: application/json'",
			'-H "X-Spanwise-Timestamp: $TIMESTAMP"',
			'-H "X-Spanwise-Signature: v1=$SIGNATURE"',
			'-d "$BODY"',
		].join(" \\\n  "),
	].join("\n");
}
