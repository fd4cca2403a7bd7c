import type { AnyValue, Attributes } from "@/lib/span/any-value";
import { SPAN_KINDS, type Span } from "@/lib/span/span";
import { USAGE_COUNTS, type Usage } from "@/lib/span/usage";
import { plainSpan } from "@/tests/support/plain-span";

type Random = () => number;

export function pick<Item>(random: Random, items: readonly Item[]): Item {
	return items[Math.floor(random() * items.length)] as Item;
}

/** Texts at every edge: escapes, wildcards, NUL, halves of characters, letters whose cases differ in length or number. */
export const TEXTS: readonly string[] = [
	...["gpt-4o", "gpt-4o-mini", "GPT-4O", "refund", "Refund policy", "the refund, please", "refunds", "prerefund"],
	...[
		"a%b_c",
		"%",
		"_",
		"a\\b",
		"\\",
		"\\%",
		"'",
		'"',
		"`",
		"{p0:String}",
		"' OR 1=1 --",
		"a\nb",
		"a\r\nb\t",
		" ",
		"  x  ",
	],
	...[
		"a\0b",
		"\0",
		"é",
		"É",
		"e\u0301",
		"ß",
		"ẞ",
		"SS",
		"ſ",
		"s",
		"S",
		"\u212a",
		"k",
		"K",
		"İ",
		"ı",
		"i",
		"I",
		"ǅ",
		"ǆ",
	],
	...[
		"Σ",
		"σ",
		"ς",
		"ΟΔΟΣ",
		"οδος",
		"οδοσ",
		"世界",
		"こんにちは世界",
		"👋",
		"👋🏽 hi",
		"a👋b",
		"\ud83d",
		"\udc4b",
		"x\ud83dy",
		"\ufffd",
	],
	...["Ⅷ", "ⅷ", "Ა", "ა", "Ж", "ж", "\u019b", "\ua7dc", "ﬃ", "µ", "μ", "Μ", "Ω", "ω", "\u2126"],
	...[
		"0",
		"1",
		"-1",
		"1.0",
		"1e3",
		"1000",
		"01",
		"+1",
		" 1",
		"1 ",
		"0x10",
		"NaN",
		"Infinity",
		"1e999",
		"1e-999",
		"-0",
		"0.1",
	],
	...[
		"9007199254740993",
		"9223372036854775807",
		"18446744073709551616",
		"123456789012345680000000",
		"1.7976931348623157e308",
	],
	...[
		"true",
		"false",
		"null",
		"[]",
		"{}",
		'["a"]',
		"production",
		"“quoted”",
		"it's",
		"snake_case",
		"kebab-case",
		"a.b.c",
		"/api/v1/x",
	],
];

export const KEYS: readonly string[] = [
	...[
		"http.route",
		"n",
		"k",
		"",
		"a b",
		"\0",
		"ключ",
		"__proto__",
		"constructor",
		"x\ud83d",
		"x\ufffd",
		'"',
		"\\",
		"service.name",
	],
];

const NUMBERS = [
	0, -0, 1, 2, 0.1, 0.30000000000000004, 1e-9, 250, 2000, 1e21, 5e-324, 1.7976931348623157e308, -1, 12.5,
];
/** What a numeric column may hold. */
const COLUMN_NUMBERS = [...NUMBERS, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
export const FILTER_NUMBERS = [...NUMBERS, 2 ** 53, 2 ** 53 + 2, 1e300];

const NANOS = [
	0n,
	1n,
	999_999n,
	1_790_000_000_000_000_000n,
	1_790_000_000_250_000_000n,
	1_790_000_002_000_000_001n,
	2n ** 64n - 1n,
];

/** A text of the pool, joined ones now and then. */
export function randomText(random: Random): string {
	const text = pick(random, TEXTS);
	return random() < 0.3 ? `${text}${pick(random, ["", " ", ", ", "_", "-", "。", "’"])}${pick(random, TEXTS)}` : text;
}

function maybe<Value>(random: Random, value: () => Value): Value | null {
	return random() < 0.6 ? value() : null;
}

// Derivation never makes an empty text; a sender's own name may be one.
function known(random: Random): string | null {
	return maybe(random, () => randomText(random));
}

function randomValue(random: Random, depth = 0): AnyValue {
	const kind = Math.floor(random() * (depth > 1 ? 6 : 8));
	switch (kind) {
		case 0:
			return { boolValue: random() < 0.5 };
		case 1:
			return {
				intValue: pick(random, ["0", "1", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808"]),
			};
		case 2:
			return { doubleValue: pick(random, [...NUMBERS, "NaN", "Infinity", "-Infinity"] as const) };
		case 3:
			return { bytesValue: pick(random, ["", "AP/+gA=="]) };
		case 4:
			return random() < 0.3 ? {} : { stringValue: "" };
		case 6:
			return { arrayValue: { values: [randomValue(random, depth + 1), randomValue(random, depth + 1)] } };
		case 7:
			return { kvlistValue: { values: [{ key: pick(random, KEYS), value: randomValue(random, depth + 1) }] } };
		default:
			return { stringValue: randomText(random) };
	}
}

function randomAttributes(random: Random): Attributes {
	return new Map(KEYS.filter(() => random() < 0.3).map((key) => [key, randomValue(random)]));
}

function randomMetadata(random: Random): Record<string, unknown> | null {
	const values = [5, 0.1, true, null, [1, "a"], {}, { a: { b: 1 } }, "", Number.NaN, undefined];
	return maybe(random, () =>
		Object.fromEntries(
			KEYS.filter(() => random() < 0.3).map((key) => [key, random() < 0.5 ? randomText(random) : pick(random, values)]),
		),
	);
}

function randomUsage(random: Random): Usage | null {
	const counts = [0, 1, 1000, Number.MAX_SAFE_INTEGER, 0.5, -1, Number.NaN];
	return maybe(random, () =>
		Object.fromEntries(USAGE_COUNTS.filter(() => random() < 0.5).map((name) => [name, pick(random, counts)])),
	);
}

/** An input or output: the raw text and the readable one, either of its own or standing in an attribute. */
function randomTexts(
	random: Random,
	attributes: Attributes,
	key: string,
): [raw: string | null, text: string | null, from: string | null] {
	if (random() < 0.2) return [null, null, null];
	const readable = known(random);
	if (random() < 0.5) return [known(random), readable, random() < 0.5 ? `event:${key}` : null];
	const long = random() < 0.5 ? `${randomText(random)}${readable}`.repeat(30).toWellFormed() : (readable ?? "x");
	const raw = JSON.stringify([{ role: "user", content: long }]);
	attributes.set(key, { stringValue: raw });
	return [raw, random() < 0.3 ? raw : long, key];
}

/** A span that may say anything in any field. */
export function randomSpan(random: Random, identity: Pick<Span, "projectId" | "traceId" | "spanId">): Span {
	const attributes = randomAttributes(random);
	const [input, inputText, inputFrom] = randomTexts(random, attributes, "input.value");
	const [output, outputText, outputFrom] = randomTexts(random, attributes, "output.value");
	const amount = () => maybe(random, () => pick(random, COLUMN_NUMBERS));
	return plainSpan({
		...identity,
		name: random() < 0.1 ? "" : randomText(random),
		displayName: randomText(random),
		parentSpanId: maybe(random, () => "00000000000000ff"),
		otelKind: maybe(random, () => "SPAN_KIND_CLIENT" as const),
		statusCode: maybe(random, () => pick(random, ["STATUS_CODE_OK", "STATUS_CODE_ERROR"] as const)),
		statusMessage: known(random) ?? "",
		startTimeUnixNano: maybe(random, () => pick(random, NANOS)),
		endTimeUnixNano: maybe(random, () => pick(random, NANOS)),
		attributes,
		resource: { attributes: randomAttributes(random), droppedAttributesCount: 0, schemaUrl: "" },
		scope: {
			name: known(random) ?? "",
			version: known(random) ?? "",
			attributes: new Map(),
			droppedAttributesCount: 0,
			schemaUrl: "",
		},
		kind: pick(random, SPAN_KINDS),
		status: pick(random, ["ok", "error"] as const),
		origin: pick(random, ["otlp", "gateway", "api", "judge"] as const),
		convention: pick(random, ["other", "otel-genai"]),
		input,
		inputText,
		inputFrom,
		output,
		outputText,
		outputFrom,
		provider: known(random),
		requestModel: known(random),
		responseModel: known(random),
		toolName: known(random),
		usage: randomUsage(random),
		aggregateUsage: randomUsage(random),
		aggregateCostUsd: amount(),
		ttftMs: amount(),
		costUsd: amount(),
		costInput: amount(),
		costOutput: amount(),
		costNote: known(random),
		priceVersion: known(random),
		costSource: maybe(random, () => pick(random, ["reported", "override", "genai-prices"] as const)),
		sessionId: known(random),
		userId: known(random),
		environment: known(random),
		release: known(random),
		tags: maybe(random, () =>
			Array.from({ length: Math.floor(random() * 4) }, () => (random() < 0.1 ? "" : randomText(random))),
		),
		metadata: randomMetadata(random),
		agentName: known(random),
		errorType: known(random),
		finishReason: known(random),
		routingAlias: known(random),
		promptName: known(random),
		promptVersion: known(random),
		trace: {
			name: known(random),
			workflowName: known(random),
			input: known(random),
			output: known(random),
			metadata: randomMetadata(random),
			isRoot: random() < 0.5,
		},
	});
}
