import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TEXT_CHARS_MAX } from "@/app/_ui/clip-text";
import { SpanDetail } from "@/app/p/[project]/traces/[traceId]/span-detail";
import { plainSpan } from "@/tests/support/plain-span";

it("bounds the page of a span whose attribute has megabytes, and says where the whole is", () => {
	const messages = JSON.stringify([{ role: "user", parts: [{ type: "text", content: "x".repeat(5_000_000) }] }]);
	const span = plainSpan({
		attributes: new Map([
			["gen_ai.operation.name", { stringValue: "chat" }],
			["gen_ai.input.messages", { stringValue: messages }],
		]),
	});
	const stored = { ...span, insertedAt: new Date(0), insertedAtText: "", deriveVersion: 1, logs: [] };
	const html = renderToStaticMarkup(<SpanDetail path="/p/all/traces/1" span={stored} evaluations={[]} />);
	// The message, the raw input and the attribute.
	expect(html.split(">the whole is in the JSON of the spans<").length - 1).toBe(3);
	expect(html).toContain(`href="/api/v1/traces/${span.traceId}/spans"`);
	expect(html.length).toBeLessThan(3 * TEXT_CHARS_MAX + 50_000);
});
