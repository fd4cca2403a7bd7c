import { openHttpConnection } from "@/tests/bench/http-connection";
import { type KeepAliveConnection, openConnection } from "@/tests/bench/keep-alive-connection";
import type { LoadOptions, LoadResult } from "@/tests/bench/load";
import { percentile } from "@/tests/bench/percentile";
import type { ReusableBody } from "@/tests/bench/reusable-body";

/** Who is told to come back waits as told, but for no longer than this. */
const PAUSE_MS_MAX = 2000;
const LOST_PAUSE_MS = 100;
/** How long answers are waited for after the time is over. */
const TAIL_MS_MAX = 60_000;

interface Clock {
	started(): void;
	stopped(): void;
}

interface Acknowledged {
	sentAt: number;
	answeredAt: number;
	spans: number;
}

/**
 * Sends prepared requests over keep-alive connections, each sender the next one when the last is answered. A request counts
 * with the share of its time that lies between the clock's start and stop: answers come in bursts, and few of them when
 * requests are large, so whole ones would be counted too many or too few.
 */
export async function runLoad(
	bodies: readonly ReusableBody[],
	options: LoadOptions,
	clock: Clock,
): Promise<LoadResult> {
	const { url, senders, client, spansPerSecond, seconds, warmUpSeconds = 0 } = options;
	const { hostname, port } = new URL(url);
	const once = seconds === undefined;
	const queue = [...bodies];
	const acknowledged: Acknowledged[] = [];
	const refused: Record<string, number> = {};
	const startedAt = performance.now() + warmUpSeconds * 1000;
	const until = once ? Number.POSITIVE_INFINITY : startedAt + seconds * 1000;

	async function sendUntilOver(connection: KeepAliveConnection, sender: number): Promise<void> {
		let due = performance.now();
		// Side by side, not all at the same moment.
		if (spansPerSecond) due += (1000 * sender * (queue[0]?.spans ?? 0)) / spansPerSecond;
		while (performance.now() < until) {
			const body = queue.shift();
			if (!body) return;
			if (spansPerSecond) await pause(due - performance.now());
			if (once) body.restore();
			else body.refresh();
			// Who is late was made to wait by the answer before.
			const sentAt = spansPerSecond ? due : performance.now();
			if (spansPerSecond) due += (1000 * senders * body.spans) / spansPerSecond;
			const answer = await connection.send(body.bytes).catch(() => null);
			const answeredAt = performance.now();
			const taken = answer?.status === 200;
			if (!once || !taken) queue.push(body);
			if (taken) acknowledged.push({ sentAt, answeredAt, spans: body.spans });
			else {
				const status = answer?.status ?? 0;
				if (answeredAt > startedAt && answeredAt < until) refused[status] = (refused[status] ?? 0) + 1;
				await pause(answer ? Math.min(PAUSE_MS_MAX, answer.retryAfterSeconds * 1000) : LOST_PAUSE_MS);
			}
		}
	}

	const open = client === "node:http" ? openHttpConnection : openConnection;
	const connections = Array.from({ length: senders }, () => open(hostname, Number(port)));
	const all = Promise.all(connections.map(sendUntilOver));
	await pause(startedAt - performance.now());
	clock.started();
	await (once ? all : pause(until - performance.now()));
	const stoppedAt = performance.now();
	clock.stopped();
	await Promise.race([all, pause(TAIL_MS_MAX)]);
	for (const connection of connections) connection.close();

	const counted = acknowledged.filter(({ sentAt, answeredAt }) => answeredAt > startedAt && sentAt < stoppedAt);
	const share = ({ sentAt, answeredAt }: Acknowledged) =>
		(Math.min(answeredAt, stoppedAt) - Math.max(sentAt, startedAt)) / (answeredAt - sentAt);
	const times = counted.map(({ sentAt, answeredAt }) => answeredAt - sentAt);
	return {
		seconds: (stoppedAt - startedAt) / 1000,
		requests: counted.reduce((sum, request) => sum + share(request), 0),
		spans: counted.reduce((sum, request) => sum + share(request) * request.spans, 0),
		refused,
		p50Ms: percentile(times, 0.5),
		p99Ms: percentile(times, 0.99),
	};
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, ms)));
