import type { Journal } from "@/tests/chaos/journal";
import { eventually } from "@/tests/support/eventually";
import { mustCall } from "@/tests/support/rest-client";

interface Counts {
	received: number;
	stored: number;
	duplicates: number;
	rejected: number;
	inFlight: number;
	rejectedByReason: Record<string, number>;
}

interface Health extends Counts {
	/** Null: not known. */
	missing: number | null;
	balanced: boolean | null;
	minutes: (Counts & { minute: string })[];
	projects: (Counts & { project: { id: string; name: string | null } | null })[];
}

export interface BooksCheck extends Counts {
	missing: number | null;
	balanced: boolean | null;
	problems: string[];
}

interface Place {
	url: string;
	journal: Journal;
	/** Distinct spans in the store. */
	stored: number;
	minutes: number;
}

/** What is told in the background arrives within this time. */
const SETTLED_MS_MAX = 30_000;

/** Reads the books and compares them with the store and with what the senders were told. */
export async function checkBooks({ url, journal, stored, minutes }: Place): Promise<BooksCheck> {
	const read = () => mustCall<Health>(url, `/api/v1/ingest/health?minutes=${minutes}`);
	const health = await eventually(
		async () => {
			const settled = await read();
			if (!settled.balanced || settled.inFlight > 0) throw new Error("not settled");
			return settled;
		},
		{ timeoutMs: SETTLED_MS_MAX, intervalMs: 500 },
	).catch(read);
	const { received, duplicates, rejected, inFlight, rejectedByReason, missing, balanced } = health;
	const told = journal.toldRejections();
	const acknowledged = journal.acknowledgedSpans();
	const rules: [string, boolean][] = [
		["not balanced", balanced === true],
		[`${missing} missing`, missing === 0],
		[`${inFlight} still in flight`, inFlight === 0],
		["the total does not add up", addsUp(health)],
		...health.minutes.map((minute): [string, boolean] => [`${minute.minute} does not add up`, addsUp(minute)]),
		...health.projects.map((one): [string, boolean] => [
			`${one.project?.name ?? "no project"} does not add up`,
			addsUp(one),
		]),
		["minutes and total differ", equalSums(health, health.minutes)],
		["projects and total differ", equalSums(health, health.projects)],
		[`${health.stored} stored by the books, ${stored} in the store`, health.stored === stored],
		[
			`${received} received by the books, but ${acknowledged + told} were acknowledged or rejected`,
			received >= acknowledged + told,
		],
		[`${rejected} rejected by the books, but senders were told of ${told}`, rejected >= told],
	];
	return {
		received,
		duplicates,
		rejected,
		inFlight,
		rejectedByReason,
		missing,
		balanced,
		stored: health.stored,
		problems: rules.filter(([, holds]) => !holds).map(([problem]) => `the books: ${problem}`),
	};
}

function addsUp({ received, stored, duplicates, rejected, inFlight }: Counts): boolean {
	return received === stored + duplicates + rejected + inFlight;
}

function equalSums(total: Counts, parts: readonly Counts[]): boolean {
	const fields = ["received", "stored", "duplicates", "rejected", "inFlight"] as const;
	return fields.every((field) => total[field] === parts.reduce((sum, part) => sum + part[field], 0));
}
