import { sleep } from "@/lib/time";
import { type Batch, between, hex, makeBatch, newSpan, type Random, type SentTrace } from "@/tests/chaos/batch";
import type { Journal } from "@/tests/chaos/journal";
import { decodeExportResponse } from "@/tests/support/otlp-answer";

/** Longer than any exporter waits: a sender that is left without an answer for so long was forgotten. */
const ANSWER_MS_MAX = 30_000;
const RETRY_MS_MAX = 400;
const RETRYABLE = new Set([429, 503]);

export interface SenderOptions {
	url: string;
	path: string;
	project: string;
	random: Random;
	journal: Journal;
	/** No new batch after this; what is open is sent until it is acknowledged. */
	stopping: AbortSignal;
	/** Gives up what is open, too. */
	givingUp: AbortSignal;
}

/**
 * An exporter that never rests: makes batches of traces that go on over several of them, sends each until it is acknowledged,
 * some of them again afterwards or twice at once, some with spans nobody can accept, some unreadable, and some that it gives
 * up after the first refusal, as an application does that ends.
 */
export async function runSender(options: SenderOptions): Promise<void> {
	const { random, stopping, project } = options;
	let open: SentTrace = newTrace(random);
	while (!stopping.aborted) {
		const lone = random() < 0.15;
		const traces = lone ? [partOf(random, newTrace(random))] : [partOf(random, open)];
		if (!lone && random() < 0.4) {
			open = newTrace(random);
			traces.push(partOf(random, open));
		}
		const malformedCount = random() < 0.1 ? between(random, 1, 3) : 0;
		const batch = makeBatch(random, {
			project,
			traces,
			malformedCount,
			textLength: between(random, 40, 900),
			unreadable: lone && random() < 0.1,
		});
		// Of its own traces only: whether they are stored is not known.
		if (lone && !batch.unreadable) await attempt(options, batch);
		else if (random() < 0.08) await Promise.all([deliver(options, batch), deliver(options, batch)]);
		else await deliver(options, batch);
		if (!lone && random() < 0.12) await deliver(options, batch);
		await sleep(between(random, 0, 250), stopping);
	}
}

/** Sends large batches all the time, each until it is acknowledged. */
export async function runHeavySender(options: SenderOptions, spansEach: number): Promise<void> {
	const { random, project, stopping } = options;
	while (!stopping.aborted) {
		const traceId = hex(random, 16);
		const spans = Array.from({ length: spansEach }, () => newSpan(random));
		await deliver(
			options,
			makeBatch(random, { project, traces: [{ traceId, spans }], malformedCount: 0, textLength: 2000 }),
		);
	}
}

function newTrace(random: Random): SentTrace {
	return { traceId: hex(random, 16), spans: [] };
}

/** The next spans of a trace. */
function partOf(random: Random, { traceId }: SentTrace): SentTrace {
	return { traceId, spans: Array.from({ length: between(random, 1, 20) }, () => newSpan(random)) };
}

async function deliver(options: SenderOptions, batch: Batch): Promise<void> {
	while (!options.givingUp.aborted && (await attempt(options, batch)) === "again") {
		await sleep(between(options.random, 50, RETRY_MS_MAX), options.givingUp);
	}
}

/** One request, as an exporter sees it. */
async function attempt({ url, path, journal }: SenderOptions, batch: Batch): Promise<"done" | "again"> {
	journal.sent(batch);
	const startedAt = performance.now();
	let response: Response;
	try {
		response = await fetch(`${url}${path}`, {
			method: "POST",
			headers: batch.headers,
			body: batch.body as BodyInit,
			signal: AbortSignal.timeout(ANSWER_MS_MAX),
		});
	} catch (error) {
		const reason = reasonOf(error);
		journal.answered(reason, performance.now() - startedAt);
		// A process that is just starting may be slow on a busy machine; one that is there must not forget anybody.
		if (reason === "TimeoutError" && journal.servedSince(startedAt))
			journal.surprise(`no answer within ${ANSWER_MS_MAX / 1000} s`);
		return "again";
	}
	journal.answered(String(response.status), performance.now() - startedAt);
	const body = await response.arrayBuffer().catch(() => null);
	if (batch.unreadable && response.status === 400) return "done";
	if (!batch.unreadable && response.status === 200) {
		journal.acknowledged(batch);
		const told = body && toldOf(response, Buffer.from(body));
		const right = told === null || (told.accepted === batch.spanCount && told.rejected === batch.malformedCount);
		if (!right) {
			const sent = `${batch.spanCount} good and ${batch.malformedCount} malformed spans`;
			journal.surprise(`${sent} were answered with ${JSON.stringify(told)}`);
		}
		return "done";
	}
	if (!RETRYABLE.has(response.status)) {
		const text = body ? Buffer.from(body).toString("latin1").slice(0, 300) : "";
		journal.surprise(`${response.status} for a ${batch.unreadable ? "broken" : "sound"} body: ${text}`);
		return "done";
	}
	if (!/^\d+$/.test(response.headers.get("retry-after") ?? ""))
		journal.surprise(`${response.status} without Retry-After`);
	return "again";
}

function toldOf(response: Response, body: Buffer): { accepted: number; rejected: number } {
	const header = (name: string) => Number(response.headers.get(`x-spanwise-${name}-spans`) ?? Number.NaN);
	const accepted = header("accepted");
	if (!response.headers.get("content-type")?.includes("protobuf")) {
		const json: { acceptedSpans: number; rejectedSpans: number } = JSON.parse(body.toString("utf8"));
		return { accepted: json.acceptedSpans, rejected: json.rejectedSpans };
	}
	return { accepted, rejected: decodeExportResponse(body)?.rejectedSpans ?? 0 };
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return "unknown";
	if (error.name === "TimeoutError") return error.name;
	const { cause } = error;
	if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
	return cause instanceof Error ? cause.name : error.name;
}
