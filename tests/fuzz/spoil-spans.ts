import type { Encoding } from "@/lib/otlp/encoding";
import type { Dice } from "@/tests/fuzz/dice";
import { CANARY } from "@/tests/fuzz/generate-value";
import type { OtlpRequest } from "@/tests/support/otlp-request";

type Loose = Record<string, unknown>;

/** What a request must be answered after its spans were changed. */
export interface Verdict {
	accepted: number;
	rejected: number;
	/** Something is kept only in part, which the answer must tell. */
	cut: boolean;
	/** Every span lacks both ids, as log records read as spans do: the request is refused. */
	refused: boolean;
}

interface Change {
	/** Whether the span is rejected alone; else it is stored all the same. */
	rejects: boolean;
	/** Whether a part of the span is lost, which is told. */
	cuts?: true;
	/** Only JSON can say it. */
	jsonOnly?: true;
	apply(span: Loose, dice: Dice): void;
	/** What stands in the span's place instead of it. */
	replaceBy?: readonly unknown[];
}

const set = (name: string, values: readonly unknown[]) => (span: Loose, dice: Dice) => {
	span[name] = structuredClone(dice.pick(values));
};
const addAttribute = (value: unknown) => (span: Loose) => {
	span.attributes = [...(Array.isArray(span.attributes) ? span.attributes : []), { key: "spoilt", value }];
};
const rejects = (apply: Change["apply"]): Change => ({ rejects: true, apply });
const rejectsJson = (apply: Change["apply"]): Change => ({ rejects: true, jsonOnly: true, apply });
const keeps = (apply: Change["apply"]): Change => ({ rejects: false, apply });
const keepsPart = (apply: Change["apply"]): Change => ({ rejects: false, cuts: true, apply });
const keepsJson = (apply: Change["apply"]): Change => ({ rejects: false, jsonOnly: true, apply });

const BOTH_IDS_MISSING = rejects((span) => {
	span.traceId = "";
	span.spanId = "";
});

const CHANGES: readonly Change[] = [
	BOTH_IDS_MISSING,
	rejects(set("traceId", ["0".repeat(32), "abcd", "ab".repeat(12), "ab".repeat(17)])),
	rejects(set("spanId", ["0".repeat(16), "abcd", "ab".repeat(16), "ab".repeat(7)])),
	rejects(set("spanId", [""])),
	rejects(set("parentSpanId", ["abcd", "ab".repeat(16)])),
	rejects(set("name", ["", " \t\n"])),
	rejectsJson(set("traceId", [CANARY, {}, [], 7, true, `${"ab".repeat(15)}zz`])),
	rejectsJson(set("spanId", [CANARY, {}, [CANARY], -1, `${"ab".repeat(7)}zz`])),
	rejectsJson(set("name", [{}, [], null])),
	rejectsJson(set("attributes", [CANARY, 5, {}, [5], [null], [[CANARY]], [{ key: 5, value: {} }]])),
	rejectsJson(set("events", [CANARY, {}, [5], [null], [{ attributes: CANARY }]])),
	rejectsJson(set("links", [CANARY, {}, [CANARY]])),
	rejectsJson(addAttribute(CANARY)),
	rejectsJson(addAttribute({ intValue: "9223372036854775808" })),
	rejectsJson(addAttribute({ intValue: `${CANARY}1` })),
	rejectsJson(addAttribute({ intValue: 1.5 })),
	rejectsJson(addAttribute({ boolValue: CANARY })),
	rejectsJson(addAttribute({ doubleValue: CANARY })),
	rejectsJson(addAttribute({ stringValue: { toString: null } })),
	rejectsJson(addAttribute({ arrayValue: CANARY })),
	rejectsJson(addAttribute({ kvlistValue: { values: [CANARY] } })),
	{ ...rejectsJson(() => {}), replaceBy: [false, 5, CANARY, [], true] },
	keeps(set("parentSpanId", ["0".repeat(16), ""])),
	keeps(set("startTimeUnixNano", ["0", "18446744073709551615"])),
	keeps(set("links", [[], [{}]])),
	keeps(addAttribute(nested(200))),
	keepsPart(set("links", [[{ traceId: "abcd" }], [{ traceId: "ab".repeat(16), spanId: "abcd" }]])),
	keepsPart((span, dice) => addAttribute(nested(dice.pick([300, 800])))(span)),
	keepsJson(set("kind", [99, -1, "SPAN_KIND_CLIENT", "client", CANARY, {}, [], null, "3", 1e30])),
	keepsJson(set("status", [[], CANARY, 5, { code: "STATUS_CODE_ERROR" }, { code: {} }, { code: -1 }, { message: [] }])),
	keepsJson(set("startTimeUnixNano", [1790000000000000000, CANARY, -5, 1e30, {}, null, "0x10", "1.5", "9".repeat(40)])),
	keepsJson(set("endTimeUnixNano", [[], "", " 5 ", "-1", true])),
	keepsJson(set("flags", [-1, CANARY, 1e30, "7", {}])),
	keepsJson(set("droppedAttributesCount", ["7", -7, 1.5, CANARY, [], null])),
	keepsJson(set("traceState", [5, {}, [], null])),
	keepsJson(set("name", [5, true, 1e300])),
	keepsJson(set("attributes", [null, undefined, []])),
	keepsJson(set("events", [null, undefined, [{}], [{ name: {} }]])),
	keepsJson(set("unknownField", [CANARY, { deep: [[[[CANARY]]]] }])),
	keepsJson((span) => {
		span.traceId = String(span.traceId).toUpperCase();
	}),
	keepsJson((span) => {
		span.spanId = Buffer.from(String(span.spanId), "hex").toString("base64");
	}),
	keepsJson(addAttribute({ stringValue: 5 })),
	keepsJson(addAttribute({ arrayValue: [{ stringValue: CANARY }] })),
	keepsJson(addAttribute({ arrayValue: {} })),
	keepsJson(addAttribute({ unknownValue: CANARY })),
	keepsJson(addAttribute({ bytesValue: "not base64 at all! ***" })),
	keepsJson(addAttribute({ doubleValue: "-Infinity" })),
	keepsJson(addAttribute(null)),
	keepsJson((span) => {
		for (const [name, value] of Object.entries(span)) {
			delete span[name];
			span[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
		}
	}),
];
const EITHER = CHANGES.filter(({ jsonOnly }) => !jsonOnly);

/**
 * Changes some spans of a request in ways whose outcome is known and returns it. In JSON the request is no longer one by
 * its type afterwards.
 */
export function spoilSpans(dice: Dice, request: OtlpRequest, encoding: Encoding): Verdict {
	const verdict: Verdict = { accepted: 0, rejected: 0, cut: false, refused: true };
	for (const { spans = [] } of (request.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) => scopeSpans)) {
		for (const [at, span] of (spans as Loose[]).entries()) {
			const change = dice.chance(0.6) ? dice.pick(encoding === "json" ? CHANGES : EITHER) : null;
			change?.apply(span, dice);
			if (change?.replaceBy) (spans as unknown[]).splice(at, 1, dice.pick(change.replaceBy));
			verdict[change?.rejects ? "rejected" : "accepted"] += 1;
			verdict.cut ||= change?.cuts === true;
			verdict.refused &&= change === BOTH_IDS_MISSING;
		}
	}
	return verdict;
}

function nested(depth: number): object {
	let value: object = { stringValue: CANARY };
	for (let level = 0; level < depth; level++) value = { arrayValue: { values: [value] } };
	return value;
}
