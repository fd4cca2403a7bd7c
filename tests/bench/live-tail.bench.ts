import { agentSpans } from "@/tests/bench/agent-spans";
import type { Figure } from "@/tests/bench/figure";
import { heapBytes } from "@/tests/bench/heap-bytes";
import { buildProduct, startProduct } from "@/tests/bench/served-product";
import { launchBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import { sendSpans } from "@/tests/support/rest-client";

const MINUTES = Number(process.env.BENCH_LIVE_MINUTES ?? 10);
const SETTLE_MS = 15_000;
const PAUSE_MS = 1000;
const MIB = 1024 * 1024;

/** What a list holds in memory that is watched for ten minutes (`BENCH_LIVE_MINUTES`) while a trace a second arrives. */
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
		for (const end = performance.now() + SETTLE_MS; performance.now() < end; ) {
			await send();
			await page.waitForTimeout(PAUSE_MS);
		}
		const before = await heapBytes(page);
		let sent = 0;
		for (const end = performance.now() + MINUTES * 60_000; performance.now() < end; sent++) {
			await send();
			await page.waitForTimeout(PAUSE_MS);
		}
		const after = await heapBytes(page);
		const ratio = {
			of: `when it began (${(before / MIB).toFixed(1)} MiB)`,
			value: after / before,
			goal: "does not grow",
		};
		return [
			{
				name: `live tail for ${MINUTES} minutes: heap`,
				value: after / MIB,
				unit: "MiB",
				ratio,
				note: `${sent} traces arrived`,
			},
		];
	} finally {
		await browser.close();
		await product.stop();
	}
}
