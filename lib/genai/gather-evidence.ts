import { detectConvention } from "@/lib/genai/detect-convention";
import type { Evidence } from "@/lib/genai/dialect";
import { DIALECTS } from "@/lib/genai/dialects";
import { SpanEvidence } from "@/lib/genai/evidence";
import { KeyIndex } from "@/lib/genai/key-index";
import { ShapeTree } from "@/lib/genai/key-shape";
import type { LogRecord } from "@/lib/span/log-record";
import type { ReportedSpan } from "@/lib/span/span";

const SHAPES = new ShapeTree(new KeyIndex(DIALECTS));

/** A span's evidence, with its convention known. */
export function gatherEvidence(span: ReportedSpan, logs: readonly LogRecord[]): Evidence {
	const evidence = new SpanEvidence(span, logs, SHAPES);
	evidence.convention = detectConvention(evidence);
	return evidence;
}
