import type { RejectedSpans } from "@/lib/accounting/ingest-health";
import { parseTraceId } from "@/lib/ids";
import { findTraceProjects } from "@/lib/traces/find-trace-projects";

/**
 * Where the traces of rejected spans are shown, for those whose trace has other spans that were kept: from sample id
 * (`<trace id>/<span id>` as sent) to address.
 */
export async function findSamples(
	rejections: readonly RejectedSpans[],
	projectIds: string[],
	segment: string,
): Promise<(sample: string) => string | null> {
	const traceIds = new Set(rejections.flatMap(({ samples }) => samples.map(sampleTrace).filter((id) => id !== null)));
	const found = await findTraceProjects(projectIds, [...traceIds]);
	return (sample) => {
		const traceId = sampleTrace(sample);
		return traceId !== null && found.has(traceId) ? `/p/${segment}/traces/${traceId}` : null;
	};
}

function sampleTrace(sample: string): string | null {
	return parseTraceId(sample.split("/", 1)[0] ?? "");
}
