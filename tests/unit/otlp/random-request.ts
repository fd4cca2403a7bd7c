import type { AnyValue, KeyValue } from "@/lib/span/any-value";
import type { OtlpRequest, OtlpSpan } from "@/tests/support/otlp-request";

const KEYS = ["input", "gen_ai.usage.input_tokens", "__proto__", "", "ключ", "k".repeat(1100), "k".repeat(1024)];
const TEXTS = ["", "short", "Grüße, 世界 👋", "a\0b", "\ufffd", '{"role":"user"}', "x".repeat(70), "é".repeat(9000)];
const IDS = ["", "00f067aa0ba902b7", "0".repeat(16), "ab".repeat(16), "0".repeat(32), "abcd", "ab".repeat(60)];
const TIMES = [undefined, "0", "1", "1790000000123456789", "18446744073709551615"];
const DOUBLES = [0, 0.1, -1.5, 5e-324, 1.7976931348623157e308, "NaN", "Infinity", "-Infinity"] as const;
const COUNTS = [undefined, 0, 1, 127, 128, 0xffffffff];

/** A request of random shape out of values that lie at edges: canonical JSON, so that both encodings can carry it. */
export function randomRequest(random: () => number): OtlpRequest {
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
	const several = <Item>(most: number, make: () => Item): Item[] => {
		return Array.from({ length: Math.floor(random() * (most + 1)) }, make);
	};
	const value = (depth: number): AnyValue => {
		// Now and then a way down beyond the limit.
		if (depth > 0 && random() < 0.02) {
			return Array.from({ length: 300 }).reduce<AnyValue>((inner) => ({ arrayValue: { values: [inner] } }), {});
		}
		const scalars: (() => AnyValue)[] = [
			() => ({}),
			() => ({ stringValue: pick(TEXTS) }),
			() => ({ boolValue: random() < 0.5 }),
			() => ({
				intValue: BigInt.asIntN(64, BigInt(Math.floor(random() * 2 ** 52)) << BigInt(pick([0, 5, 12]))).toString(),
			}),
			() => ({ doubleValue: pick(DOUBLES) }),
			() => ({ bytesValue: Buffer.from(several(9, () => Math.floor(random() * 256))).toString("base64") }),
		];
		const structures: (() => AnyValue)[] = [
			() => ({ arrayValue: { values: several(3, () => value(depth + 1)) } }),
			() => ({ kvlistValue: { values: several(3, () => pair(depth + 1)) } }),
		];
		return pick(depth < 4 ? [...scalars, ...structures] : scalars)();
	};
	const pair = (depth: number): KeyValue => ({ key: pick(KEYS), value: value(depth) });
	const attributed = () => ({ attributes: several(6, () => pair(0)), droppedAttributesCount: pick(COUNTS) });
	const name = () => pick([...TEXTS, "chat", "chat", "n".repeat(16_385)]);
	const span = (): OtlpSpan => ({
		traceId: random() < 0.9 ? "5b8efff798038103d269b633813fc60c" : pick(IDS),
		spanId: random() < 0.9 ? "eee19b7ec3c1b174" : pick(IDS),
		parentSpanId: random() < 0.9 ? undefined : pick(IDS),
		traceState: pick(TEXTS),
		flags: pick(COUNTS),
		name: name(),
		kind: pick([undefined, 0, 1, 2, 3, 4, 5, 6, 0xffffffff]),
		startTimeUnixNano: pick(TIMES),
		endTimeUnixNano: pick(TIMES),
		...attributed(),
		events: several(3, () => ({ timeUnixNano: pick(TIMES), name: name(), ...attributed() })),
		droppedEventsCount: pick(COUNTS),
		links: several(3, () => ({ traceId: pick(IDS), spanId: pick(IDS), traceState: name(), flags: 1, ...attributed() })),
		droppedLinksCount: pick(COUNTS),
		status: pick([undefined, {}, { code: 2, message: pick(TEXTS) }, { code: 1 }]),
	});
	return {
		resourceSpans: several(3, () => ({
			resource: attributed(),
			schemaUrl: name(),
			scopeSpans: several(3, () => ({
				scope: { name: name(), version: name(), ...attributed() },
				schemaUrl: name(),
				spans: several(4, span),
			})),
		})),
	};
}
