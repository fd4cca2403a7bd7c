import { setMaxListeners } from "node:events";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sleep } from "@/lib/time";
import { pick, type Random } from "@/tests/chaos/batch";
import { type BooksCheck, checkBooks } from "@/tests/chaos/check-books";
import { checkStore, type StoreCheck } from "@/tests/chaos/check-store";
import { type Journal, openJournal } from "@/tests/chaos/journal";
import { openProduct, type Product } from "@/tests/chaos/product";
import { runHeavySender, runSender, type SenderOptions } from "@/tests/chaos/sender";
import { pause, planStrikes, STRIKES, type Strike } from "@/tests/chaos/strikes";
import { type MemoryWatch, watchMemory } from "@/tests/chaos/watch-memory";
import { eventually } from "@/tests/support/eventually";
import { mustCall, post } from "@/tests/support/rest-client";
import { seededRandom } from "@/tests/support/seeded-random";

export interface ChaosOptions {
	seed: number;
	/** SIGKILLs; pauses, restarts and full disks come on top of them. */
	kills: number;
	senders: number;
	/** Milliseconds ClickHouse stands still under heavy load at the end; 0 for not at all. */
	longPauseMs: number;
	tell(line: string): void;
}

export interface LongPause {
	seconds: number;
	/** Peak resident size of the web process, in MiB. */
	beforeMib: number;
	duringMib: number;
	afterMib: number;
	/** Requests that were told to come back while ClickHouse stood still. */
	refused: number;
}

export interface ChaosReport {
	seed: number;
	seconds: number;
	strikes: Record<string, number>;
	kills: number;
	skipped: string[];
	answers: Record<string, number>;
	slowestMs: Record<string, number>;
	acknowledgedRequests: number;
	acknowledgedSpans: number;
	store: StoreCheck;
	books: BooksCheck | null;
	longPause: LongPause | null;
	/** Everything that is wrong; the run passed when this is empty. */
	problems: string[];
}

const PROJECTS = ["chaos one", "chaos two"];
const PATHS = ["/v1/traces", "/api/v1/traces"];
const RECOVERY_MS_MAX = 60_000;
const QUIET_MS_MAX = 90_000;
const HEAVY_SENDERS = 48;
const HEAVY_SPANS = 512;
/** What a minute without ClickHouse may add to the web process. */
const GROWTH_MIB_MAX = 768;

/** Starts the product, sends, strikes, and tells whether every word it gave was true. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
	const { seed, kills, senders, longPauseMs } = options;
	const startedAt = Date.now();
	const tell = (line: string) => options.tell(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
	const random = seededRandom(seed);
	const journal = openJournal({ slow: (status, ms) => tell(`     ${status} after ${Math.round(ms / 1000)} s`) });
	const product = await openProduct();
	const memory = watchMemory(product.webPid);
	const stopping = new AbortController();
	const givingUp = new AbortController();
	// Every sender waits for these two.
	setMaxListeners(0, stopping.signal, givingUp.signal);
	const problems: string[] = [];
	try {
		const projects = await createProjects(product.url);
		const senderOptions = (index: number): SenderOptions => ({
			url: product.url,
			journal,
			stopping: stopping.signal,
			givingUp: givingUp.signal,
			project: PROJECTS[index % PROJECTS.length] ?? "",
			path: pick(random, PATHS),
			random: seededRandom(seed + 1 + index),
		});
		const load = Promise.all(Array.from({ length: senders }, (_, index) => runSender(senderOptions(index))));

		const possible = STRIKES.filter((strike) => strike.possible?.(product) ?? true);
		const skipped = STRIKES.filter((strike) => !possible.includes(strike)).map(({ name }) => name);
		for (const name of skipped) tell(`SKIPPED, not possible on this machine: ${name}`);
		const plan = planStrikes(random, possible, kills);
		await strikeAll(plan, { product, journal, random, tell });
		const longPause =
			longPauseMs > 0 && product.clickhousePid() !== null
				? await pauseUnderLoad(longPauseMs, { product, journal, memory, senderOptions, tell })
				: null;
		if (longPause && longPause.duringMib - longPause.beforeMib > GROWTH_MIB_MAX) {
			problems.push(`the web process grew from ${longPause.beforeMib} to ${longPause.duringMib} MiB`);
		}
		if (longPause?.refused === 0) problems.push("nobody was told to come back while ClickHouse stood still");

		tell("no more strikes, waiting until everything is quiet");
		stopping.abort();
		const giveUp = setTimeout(() => {
			problems.push(`batches were still not acknowledged ${QUIET_MS_MAX / 1000} s after the last strike`);
			givingUp.abort();
		}, QUIET_MS_MAX);
		await load;
		clearTimeout(giveUp);
		await eventually(() => mustCall(product.url, "/api/health?deep=1"), { timeoutMs: RECOVERY_MS_MAX });

		tell("checking");
		const store = await checkStore({ url: product.url, clickhouseUrl: product.clickhouseUrl(), projects, journal });
		const minutes = Math.ceil((Date.now() - startedAt) / 60_000) + 1;
		const books = await checkBooks({ url: product.url, journal, stored: store.spans, minutes }).catch(
			(error: unknown) => {
				problems.push(`the books cannot be read: ${error instanceof Error ? error.message : error}`);
				return null;
			},
		);
		const wrong = [...problems, ...journal.surprises(), ...store.problems, ...(books?.problems ?? [])];
		if (wrong.length > 0) tell(`what the product printed: ${keepLog(seed, product.log())}`);
		return {
			seed,
			skipped,
			store,
			books,
			longPause,
			seconds: Math.round((Date.now() - startedAt) / 1000),
			strikes: countBy(plan.map(({ name }) => name)),
			kills: plan.filter((strike) => strike.kills).length,
			answers: Object.fromEntries(journal.answers),
			slowestMs: Object.fromEntries([...journal.slowestMs].map(([status, ms]) => [status, Math.round(ms)])),
			acknowledgedRequests: journal.acknowledgedRequests(),
			acknowledgedSpans: journal.acknowledgedSpans(),
			problems: wrong,
		};
	} catch (error) {
		tell(`what the product printed: ${keepLog(seed, product.log())}`);
		throw error;
	} finally {
		stopping.abort();
		givingUp.abort();
		memory.stop();
		await product.close();
	}
}

function keepLog(seed: number, text: string): string {
	const path = join(tmpdir(), `spanwise-chaos-${seed}.log`);
	writeFileSync(path, text);
	return path;
}

async function createProjects(url: string): Promise<Map<string, string>> {
	const created = PROJECTS.map(async (name): Promise<[string, string]> => {
		const { id } = await mustCall<{ id: string }>(url, "/api/v1/projects", post({ name }), 201);
		return [name, id];
	});
	return new Map(await Promise.all(created));
}

interface Scene {
	product: Product;
	journal: Journal;
	random: Random;
	tell(line: string): void;
}

/** One strike after the other; most of the time the senders get through in between, sometimes it comes thick and fast. */
async function strikeAll(plan: readonly Strike[], { product, journal, random, tell }: Scene): Promise<void> {
	for (const [index, strike] of plan.entries()) {
		await sleep(random() * 1500);
		tell(`${String(index + 1).padStart(3)}/${plan.length}  ${strike.name}`);
		if (strike.interrupts) journal.interrupted();
		await strike.run(product, random);
		// An answer may have come in between.
		if (strike.interrupts) journal.interrupted();
		if (random() < 0.75) await someAcknowledged(journal);
	}
	await someAcknowledged(journal);
}

function someAcknowledged(journal: Journal): Promise<void> {
	const before = journal.acknowledgedRequests();
	return eventually(
		() => {
			if (journal.acknowledgedRequests() < before + 3) throw new Error("no request is acknowledged any more");
		},
		{ timeoutMs: RECOVERY_MS_MAX, intervalMs: 20 },
	);
}

interface PauseScene extends Omit<Scene, "random"> {
	memory: MemoryWatch;
	senderOptions(index: number): SenderOptions;
}

/** ClickHouse stands still while many large batches arrive; everything is acknowledged afterwards. */
async function pauseUnderLoad(
	ms: number,
	{ product, journal, memory, senderOptions, tell }: PauseScene,
): Promise<LongPause> {
	tell(`     pause of ClickHouse for ${ms / 1000} s under ${HEAVY_SENDERS} senders of ${HEAVY_SPANS} spans a batch`);
	const stopping = new AbortController();
	setMaxListeners(0, stopping.signal);
	const heavy = Array.from({ length: HEAVY_SENDERS }, (_, index) =>
		runHeavySender({ ...senderOptions(1000 + index), stopping: stopping.signal }, HEAVY_SPANS),
	);
	const refusals = () => (journal.answers.get("503") ?? 0) + (journal.answers.get("429") ?? 0);
	const calmFrom = Date.now();
	await sleep(8000);
	const [from, refusedBefore] = [Date.now(), refusals()];
	await pause(product, ms);
	const [to, refused] = [Date.now(), refusals() - refusedBefore];
	stopping.abort();
	await Promise.all(heavy);
	await sleep(5000);
	const end = Date.now();
	return {
		seconds: ms / 1000,
		refused,
		beforeMib: memory.peakMib(calmFrom, from),
		duringMib: memory.peakMib(from, to),
		afterMib: memory.peakMib(end - 3000, end),
	};
}

function countBy(names: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
