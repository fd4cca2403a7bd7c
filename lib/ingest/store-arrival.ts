import { type OpenArrivals, openArrivals } from "@/lib/accounting/open-arrivals";
import { type RejectedSpan, recordRejections } from "@/lib/accounting/record-rejections";
import { env } from "@/lib/env";
import { findNamedProjects } from "@/lib/ingest/find-named-projects";
import { interpretSpan } from "@/lib/ingest/interpret-span";
import { joinLogs } from "@/lib/ingest/join-logs";
import { linkProjects } from "@/lib/ingest/link-projects";
import type { Rejection } from "@/lib/otlp/decoded";
import { listOverridesOf } from "@/lib/pricing/list-price-overrides";
import type { ReportedSpan, Resource, Span } from "@/lib/span/span";
import { DAY_MS } from "@/lib/time";
import { writeArrivals } from "@/lib/traces/write-spans";

/** What one request brought, decoded. */
export interface Arrival {
	spans: readonly ReportedSpan[];
	rejections: readonly Rejection[];
	receivedAt: Date;
	/** The project of spans whose resource names none; see `findNamedProjects`. */
	fallback: string | null;
	sender: string;
}

interface Waiting {
	arrival: Arrival;
	resolve(projectIds: string[]): void;
	reject(error: unknown): void;
}

const TOLD_TO_RETRY = "store unavailable, told to retry";
/** So many spans go at once: a larger share would hold up everybody else. */
const SPANS_MAX = 512;

let waiting: Waiting[] = [];
let spansWaiting = 0;

/**
 * Links spans to projects, derives, prices and stores them, joins the log records that came before, and enters everything
 * into the books. Resolves with the projects that got spans, once ClickHouse has the rows; errors as `writeArrivals`.
 *
 * Requests that arrive in the same turn of the event loop share all of it: a small request then costs little more than
 * its spans.
 */
export function storeArrival(arrival: Arrival): Promise<string[]> {
	return new Promise((resolve, reject) => {
		if (waiting.length === 0) setImmediate(storeWaiting);
		waiting.push({ arrival, resolve, reject });
		spansWaiting += arrival.spans.length;
		if (spansWaiting >= SPANS_MAX) storeWaiting();
	});
}

function storeWaiting(): void {
	const batch = waiting;
	if (batch.length === 0) return;
	waiting = [];
	spansWaiting = 0;
	storeTogether(batch.map(({ arrival }) => arrival)).then(
		(projectIds) => {
			for (const [index, { resolve }] of batch.entries()) resolve(projectIds[index] ?? []);
		},
		(error: unknown) => {
			for (const { reject } of batch) reject(error);
		},
	);
}

async function storeTogether(arrivals: readonly Arrival[]): Promise<string[][]> {
	const named = await nameProjects(arrivals);
	const links = await linkProjects(
		arrivals.map(({ spans }) => spans),
		named,
	);
	const overrides = await listOverridesOf(new Set(links.flatMap((projects) => [...projects.values()])));
	const retentionMs = env().SPANWISE_TRACE_RETENTION_DAYS * DAY_MS;
	const deliveries = arrivals.map(({ spans, receivedAt }, index) => {
		const expiresAt = new Date(receivedAt.getTime() + retentionMs);
		const interpreted = spans.map((span) => {
			const projectId = links[index]?.get(span.traceId) ?? "";
			return interpretSpan(span, [], overrides.get(projectId) ?? [], { projectId, origin: "otlp", expiresAt });
		});
		return { spans: interpreted, receivedAt };
	});
	await store(
		deliveries,
		arrivals.flatMap((arrival) => rejectedOf(arrival, named)),
	);
	return links.map((projects) => [...new Set(projects.values())]);
}

async function nameProjects(arrivals: readonly Arrival[]): Promise<Map<Resource, string>> {
	const byFallback = new Map<string | null, Set<Resource>>();
	for (const { spans, rejections, fallback } of arrivals) {
		const resources = byFallback.get(fallback) ?? new Set();
		byFallback.set(fallback, resources);
		for (const { resource } of spans) resources.add(resource);
		for (const { resource } of rejections) resources.add(resource);
	}
	const named = new Map<Resource, string>();
	for (const [fallback, resources] of byFallback) {
		for (const [resource, id] of await findNamedProjects(resources, fallback)) named.set(resource, id);
	}
	return named;
}

function rejectedOf({ rejections, receivedAt, sender }: Arrival, named: ReadonlyMap<Resource, string>): RejectedSpan[] {
	return rejections.map(({ resource, reason, sample }) => {
		return { projectId: named.get(resource) ?? "", receivedAt, reason, sender, sample };
	});
}

async function store(
	deliveries: readonly { spans: readonly Span[]; receivedAt: Date }[],
	rejected: readonly RejectedSpan[],
): Promise<void> {
	const open = deliveries.map(({ spans, receivedAt }): OpenArrivals => openArrivals(countByProject(spans), receivedAt));
	try {
		await Promise.all([writeArrivals(deliveries), rejected.length > 0 && recordRejections(rejected)]);
		await joinLogs(deliveries.flatMap(({ spans }) => spans));
		for (const arrivals of open) arrivals.acknowledge();
	} catch (error) {
		for (const arrivals of open) arrivals.abandon(TOLD_TO_RETRY);
		throw error;
	}
}

function countByProject(spans: readonly Span[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { projectId } of spans) counts.set(projectId, (counts.get(projectId) ?? 0) + 1);
	return counts;
}
