import { randomHex } from "@/lib/ids";
import { ingestTraces, type Receipt } from "@/lib/ingest/ingest-traces";
import { createProject } from "@/lib/projects/create-project";
import type { Project } from "@/lib/projects/project";
import { jsonBody, type OtlpSpan, otlpRequest } from "./otlp-request";

/** A project with a name of its own. */
export function newProject(): Promise<Project> {
	return createProject({ name: `project ${randomHex(6)}` });
}

/** Sends spans the way an exporter does, for a project or for none. */
export function send(project: Project | null, spans: OtlpSpan[], now?: Date): Promise<Receipt> {
	const resource: Record<string, string> = project ? { "dokimos.project": project.name } : {};
	return ingestTraces("json", jsonBody(otlpRequest(spans, resource)), { receivedAt: now });
}
