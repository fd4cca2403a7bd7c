import { deriveKind } from "@/lib/genai/derive-kind";
import { deriveMessages } from "@/lib/genai/derive-messages";
import { gatherEvidence } from "@/lib/genai/gather-evidence";
import type { InlineMediaPart } from "@/lib/genai/messages/normalise-parts";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan } from "@/lib/span/span";

/** Where a part stands in a span's derived messages. */
export interface MediaPlace {
	side: "input" | "output";
	message: number;
	part: number;
}

/** The bytes of a part that its message only refers to; null when there is no such part or it holds none. */
export function deriveMedia(
	span: ReportedSpan,
	logs: readonly LogRecord[],
	{ side, message, part }: MediaPlace,
): { mime: string; bytes: Buffer } | null {
	const evidence = gatherEvidence(span, logs);
	const found = deriveMessages(evidence, deriveKind(evidence).value, side, { media: "inline" });
	const media = found?.value.all()[message]?.parts[part] as InlineMediaPart | undefined;
	if (!media || typeof media.data !== "string") return null;
	return { mime: media.mime ?? "application/octet-stream", bytes: Buffer.from(media.data, "base64") };
}
