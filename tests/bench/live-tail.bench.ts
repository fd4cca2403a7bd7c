import { agentSpans } from "@/tests/bench/agent-spans";
import type { Figure } from "@/tests/bench/figure";
import { heapBytes } from "@/tests/bench/heap-bytes";
import { percentile } from "@/tests/bench/percentile";
import { buildProduct, startProduct } from "@/tests/bench/served-product";
import { launchBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { sendSpans } from "@/tests/support/rest-client";

const MINUTES = Number(process.env.BENCH_LIVE_MINUTES ?? 10);
/** Until then the browser still compiles what is run again and again, and keeps that. */
const SETTLE_MS = 120_000;
const SAMPLE_MS = 30_000;
const PAUSE_MS = 1000;
const MIB = 1024 * 1024;

/**
 * What a list holds in memory that is watched for ten minutes (`BENCH_LIVE_MINUTES`) while a trace a second arrives: the median
 * of the last third of the time against that of the first.
 */
export async function benchLiveTail(): Promise<Figure[]> {
	buildProduct();
	const product = await startProduct("embedded");
	const browser = await launchBrowser();
	try {
		const project = await createProject(product.url);
		const send = () => sendSpans(product.url, agentSpans(10), project.name);
		// As many as a page shows, so that rows only change.
		for (let traces = 0; traces < 60; traces++) await send();
		const page = await browser.open();
		await page.goto(`${product.url}/p/${project.id}/traces`, { waitUntil: "load" });
		let sent = 0;
		const watch = async (ms: number) => {
			for (const end = performance.now() + ms; performance.now() < end; sent++) {
				await send();
				await page.waitForTimeout(PAUSE_MS);
			}
		};
		await watch(SETTLE_MS);
		const heaps: number[] = [];
		for (const end = performance.now() + MINUTES * 60_000; performance.now() < end; heaps.push(await heapBytes(page))) {
			await watch(SAMPLE_MS);
		}
		const third = Math.ceil(heaps.length / 3);
		const [before, after] = [percentile(heaps.slice(0, third), 0.5), percentile(heaps.slice(-third), 0.5)];
		return [
			{
				name: `live tail for ${MINUTES} minutes: heap`,
				value: after / MIB,
				unit: "MiB",
				ratio: { of: `at first (${mib(before)} MiB)`, value: after / before, goal: "does not grow" },
				note: `${sent} traces arrived; between ${mib(Math.min(...heaps))} and ${mib(Math.max(...heaps))} MiB`,
			},
		];
	} finally {
		await browser.close();
		await product.stop();
	}
}

function mib(bytes: number): string {
	return (bytes / MIB).toFixed(1);
}
