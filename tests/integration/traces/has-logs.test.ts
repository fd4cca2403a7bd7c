import { expect, it } from "vitest";
import { ingestLogs } from "@/lib/ingest/ingest-logs";
import { findSpan } from "@/lib/traces/find-span";
import { hasLogs } from "@/lib/traces/has-logs";
import { inProject, llmSpan } from "@/tests/support/llm-span";
import { anyValue, attributes, jsonBody, otlpLog, otlpLogRequest } from "@/tests/support/otlp-request";
import { newProject, send } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

// In this order: what a process has seen once it does not forget.
it("asks as long as there is no log record, and never after the first one", async () => {
	const project = await newProject();
	const asked = () => llmSpan({ attributes: attributes({ "gen_ai.operation.name": "chat" }) });
	expect(await hasLogs()).toBe(false);
	await send(project, [asked()]);
	expect(await hasLogs()).toBe(false);

	const span = asked();
	const log = otlpLog({
		traceId: span.traceId,
		spanId: span.spanId,
		eventName: "gen_ai.user.message",
		body: anyValue({ content: "Capital of France?" }),
	});
	await ingestLogs("json", jsonBody(otlpLogRequest([log], inProject(project.name))));
	// It took as long as anybody may have gone on believing what was said a moment ago.
	expect(await hasLogs()).toBe(true);
	await send(project, [span]);
	expect((await findSpan(project.id, span.traceId, span.spanId))?.inputText).toBe("Capital of France?");
});
