import type { KeyValue } from "@/lib/span/any-value";
import type { SpanEvent, SpanLink } from "@/lib/span/span";
import { fromKeyValues, keyValues } from "@/lib/traces/attribute-columns";

/** A span's event inside the JSON of the column `events`. */
export interface EventJson {
	timeUnixNano: string;
	name: string;
	attributes: KeyValue[];
	droppedAttributesCount: number;
}

export function eventJson(event: SpanEvent): EventJson {
	return {
		timeUnixNano: String(event.timeUnixNano ?? 0n),
		name: event.name,
		attributes: keyValues(event.attributes),
		droppedAttributesCount: event.droppedAttributesCount,
	};
}

export function fromEventJson(event: EventJson): SpanEvent {
	return { ...event, timeUnixNano: timeOf(event.timeUnixNano), attributes: fromKeyValues(event.attributes) };
}

/** A link inside the JSON of the column `links`. */
export interface LinkJson extends Omit<SpanLink, "attributes"> {
	attributes: KeyValue[];
}

export const linkJson = (link: SpanLink): LinkJson => ({ ...link, attributes: keyValues(link.attributes) });
export const fromLinkJson = (link: LinkJson): SpanLink => ({ ...link, attributes: fromKeyValues(link.attributes) });

const timeOf = (text: string): bigint | null => (text === "0" ? null : BigInt(text));
