import { type FakeJudge, type Reply, startFakeJudge, verdict } from "@/tests/support/fake-judge";
import { seededRandom } from "@/tests/support/seeded-random";

export interface FaultyJudge extends FakeJudge {
	/** Calls by what became of them. */
	faults: Record<Fault | "answered", number>;
	/** When each call came, in milliseconds. */
	arrivals: number[];
}

type Fault = "limited" | "limited and told when" | "reset" | "hang" | "bad JSON";

/** The share of calls that each fault takes: 60 in 100 together. */
const SHARES: readonly (readonly [Fault, number])[] = [
	["limited", 0.15],
	["limited and told when", 0.15],
	["reset", 0.1],
	["hang", 0.1],
	["bad JSON", 0.1],
];

/** A judge that fails in every way providers do, by a seeded die; a hanging call is never answered. */
export async function startFaultyJudge(seed: number): Promise<FaultyJudge> {
	const random = seededRandom(seed);
	const faults = { limited: 0, "limited and told when": 0, reset: 0, hang: 0, "bad JSON": 0, answered: 0 };
	const arrivals: number[] = [];
	const judge = await startFakeJudge(() => {
		arrivals.push(performance.now());
		const fault = throwDie(random());
		faults[fault ?? "answered"]++;
		return replyOf(fault);
	});
	return { ...judge, faults, arrivals };
}

function throwDie(value: number): Fault | null {
	let below = 0;
	for (const [fault, share] of SHARES) {
		below += share;
		if (value < below) return fault;
	}
	return null;
}

function replyOf(fault: Fault | null): Reply {
	switch (fault) {
		case "limited":
			return { status: 429, body: '{"error":{"message":"slow down"}}' };
		case "limited and told when":
			return { status: 429, body: '{"error":{"message":"slow down"}}', headers: { "retry-after-ms": "300" } };
		case "reset":
			return "reset";
		case "hang":
			return "hang";
		case "bad JSON":
			return { text: "I would say it is rather good." };
		case null:
			return verdict(1);
	}
}
