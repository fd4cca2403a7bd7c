import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { TEXT_CHARS_MAX } from "@/app/_ui/clip-text";
import { SpanDetail } from "@/app/p/[project]/traces/[traceId]/span-detail";
import type { Attributes } from "@/lib/span/any-value";
import { plainSpan } from "@/tests/support/plain-span";

function render(span: ReturnType<typeof plainSpan>): string {
	const stored = { ...span, insertedAt: new Date(0), insertedAtText: "", deriveVersion: 1, logs: [] };
	return renderToStaticMarkup(<SpanDetail path="/p/all/traces/1" span={stored} />);
}

it("says what was cut from a span, its scope and its resource, and how much was dropped", () => {
	const cut = (...texts: string[]): Attributes =>
		new Map([["spanwise.cut", { arrayValue: { values: texts.map((stringValue) => ({ stringValue })) } }]]);
	const html = render(
		plainSpan({
			attributes: cut("attributes[input]: 5 of 9 bytes kept", "links: 3 kept, 4 dropped"),
			droppedAttributesCount: 1234,
			droppedLinksCount: 4,
			events: [{ timeUnixNano: null, name: "e", attributes: new Map(), droppedAttributesCount: 1 }],
			links: [
				...[{ traceId: "", spanId: "", traceState: "", flags: 0, attributes: new Map(), droppedAttributesCount: 2 }],
			],
			scope: {
				name: "s",
				version: "",
				attributes: cut("name: 1 of 2 bytes kept"),
				droppedAttributesCount: 7,
				schemaUrl: "",
			},
			resource: { attributes: cut("attributes[big]: 3 of 4 bytes kept"), droppedAttributesCount: 0, schemaUrl: "" },
		}),
	);
	const [, note = ""] = /<div role="note"[^>]*>(.*?)<\/div>/.exec(html) ?? [];
	for (const text of [
		"attributes[input]: 5 of 9 bytes kept",
		"links: 3 kept, 4 dropped",
		"scope: name: 1 of 2 bytes kept",
		"resource: attributes[big]: 3 of 4 bytes kept",
	]) {
		expect(note).toContain(text);
	}
	for (const text of ["1,234 dropped", "1 attribute dropped", "2 attributes dropped", "4 dropped", "7 dropped"]) {
		expect(html.replaceAll("<!-- -->", "")).toContain(text);
	}
});

it("says nothing of cuts when a span is whole", () => {
	expect(render(plainSpan({}))).not.toContain('role="note"');
});

it("bounds the page of a span whose attribute has megabytes, and says where the whole is", () => {
	const messages = JSON.stringify([{ role: "user", parts: [{ type: "text", content: "x".repeat(5_000_000) }] }]);
	const span = plainSpan({
		attributes: new Map([
			["gen_ai.operation.name", { stringValue: "chat" }],
			["gen_ai.input.messages", { stringValue: messages }],
		]),
	});
	const html = render(span);
	// The message, the raw input and the attribute.
	expect(html.split(">the whole is in the JSON of the spans<").length - 1).toBe(3);
	expect(html).toContain(`href="/api/v1/traces/${span.traceId}/spans?spanId=${span.spanId}"`);
	expect(html.length).toBeLessThan(3 * TEXT_CHARS_MAX + 50_000);
});
