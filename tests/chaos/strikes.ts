import { sleep } from "@/lib/time";
import { between, type Random } from "@/tests/chaos/batch";
import type { Product } from "@/tests/chaos/product";

export interface Strike {
	name: string;
	/** How often it comes, compared with the others. */
	weight: number;
	/** A SIGKILL: these are counted. */
	kills: boolean;
	/** The web process ends by it. */
	interrupts?: true;
	/** Undefined: always. */
	possible?(product: Product): boolean;
	/** Returns once the trouble is over, as far as it is in the hands of the one who makes it. */
	run(product: Product, random: Random): Promise<void>;
}

const hasClickhouse = (product: Product) => product.clickhousePid() !== null;

export const STRIKES: readonly Strike[] = [
	{
		name: "SIGKILL of the web process",
		weight: 4,
		kills: true,
		interrupts: true,
		run: async (product) => kill(product.webPid),
	},
	{
		name: "SIGKILL of ClickHouse",
		weight: 4,
		kills: true,
		possible: hasClickhouse,
		run: async (product) => kill(product.clickhousePid),
	},
	{
		name: "SIGKILL of ClickHouse, then of the web process",
		weight: 1,
		kills: true,
		interrupts: true,
		possible: hasClickhouse,
		async run(product, random) {
			await kill(product.clickhousePid);
			await sleep(between(random, 0, 600));
			await kill(product.webPid);
		},
	},
	{
		name: "SIGKILL of the supervisor",
		weight: 3,
		kills: true,
		interrupts: true,
		run: (product) => product.killAndStart(),
	},
	{
		name: "pause of ClickHouse",
		weight: 3,
		kills: false,
		possible: hasClickhouse,
		run: (product, random) => pause(product, between(random, 2000, 10_000)),
	},
	{
		name: "SIGTERM and a new start",
		weight: 1,
		kills: false,
		interrupts: true,
		run: (product) => product.restart(),
	},
	{
		name: "full disk",
		weight: 2,
		kills: false,
		possible: ({ disk }) => disk !== null,
		async run({ disk }, random) {
			try {
				await disk?.fill();
				await sleep(between(random, 1000, 5000));
			} finally {
				disk?.free();
			}
		},
	},
	{
		name: "full disk and SIGKILL of ClickHouse",
		weight: 1,
		kills: true,
		possible: ({ disk }) => disk !== null,
		async run({ disk, clickhousePid }, random) {
			try {
				await disk?.fill();
				await sleep(between(random, 0, 1500));
				await kill(clickhousePid);
				await sleep(between(random, 0, 3000));
			} finally {
				disk?.free();
			}
		},
	},
];

/** Stops every thread of ClickHouse for a while: it neither answers nor refuses. */
export async function pause({ clickhousePid }: Pick<Product, "clickhousePid">, ms: number): Promise<void> {
	const pid = await some(clickhousePid);
	process.kill(pid, "SIGSTOP");
	await sleep(ms);
	process.kill(pid, "SIGCONT");
}

async function kill(find: () => number | null): Promise<void> {
	process.kill(await some(find), "SIGKILL");
}

/** A process that was killed just now is started again in ten seconds at the latest. */
async function some(find: () => number | null): Promise<number> {
	const deadline = Date.now() + 30_000;
	for (;;) {
		const pid = find();
		if (pid !== null) return pid;
		if (Date.now() > deadline) throw new Error("a process that was killed was not started again within 30 s");
		await sleep(20);
	}
}

/** `kills` strikes that kill and about a third as many of the others, every possible one at least once, in random order. */
export function planStrikes(random: Random, strikes: readonly Strike[], kills: number): Strike[] {
	const plan = [true, false].flatMap((killing) => {
		const kinds = strikes.filter((strike) => strike.kills === killing);
		const wanted = killing ? kills : Math.max(kinds.length, Math.round(kills / 3));
		const pool = kinds.flatMap((strike) => Array.from({ length: strike.weight }, () => strike));
		return Array.from({ length: wanted }, (_, index) => kinds[index] ?? drawn(random, pool));
	});
	for (let last = plan.length - 1; last > 0; last--) {
		const other = between(random, 0, last);
		[plan[last], plan[other]] = [plan[other] as Strike, plan[last] as Strike];
	}
	return plan;
}

function drawn(random: Random, pool: readonly Strike[]): Strike {
	const strike = pool[Math.floor(random() * pool.length)];
	if (!strike) throw new Error("there is nothing to strike with");
	return strike;
}
