import type { Page } from "playwright-core";
import { agentSpans } from "@/tests/bench/agent-spans";
import type { Figure } from "@/tests/bench/figure";
import { heapBytes } from "@/tests/bench/heap-bytes";
import { percentile } from "@/tests/bench/percentile";
import { buildProduct, startProduct } from "@/tests/bench/served-product";
import { launchBrowser, type TestBrowser } from "@/tests/support/browser";
import { createProject } from "@/tests/support/judged-project";
import type { OtlpSpan } from "@/tests/support/otlp-request";
import { sendSpans } from "@/tests/support/rest-client";

const SMALL = 500;
const LARGE = 50_000;
const BLOCK = 2000;
const TRACES = 200;
const LOADS = 5;
const KEYS = 20;
const SCROLLS = 120;
/** A frame that takes longer is seen as a jerk. */
const FRAME_MS = 1000 / 60;
const MIB = 1024 * 1024;

/**
 * What a person waits for, in Chromium, with the product as it is built for them and a store of its own: how much script a page
 * brings, when its largest part is painted, when a key has moved something; and the same trace view with 500 and with 50,000
 * spans.
 */
export async function benchPages(): Promise<Figure[]> {
	buildProduct();
	const product = await startProduct("embedded");
	const browser = await launchBrowser();
	try {
		const project = await createProject(product.url);
		const base = `${product.url}/p/${project.id}`;
		for (let count = 0; count < TRACES; count += 20)
			await sendSpans(product.url, Array.from({ length: 20 }, () => agentSpans(10)).flat(), project.name);
		const [small, large] = [agentSpans(SMALL), agentSpans(LARGE)];
		for (const spans of [small, large]) {
			for (let start = 0; start < spans.length; start += BLOCK) {
				await sendSpans(product.url, spans.slice(start, start + BLOCK), project.name);
			}
		}
		const open = (spans: OtlpSpan[]) => `${base}/traces/${spans[0]?.traceId}`;
		return [
			...(await pageFigures(browser, `${base}/traces?live=off`, "list of traces", "j")),
			...(await pageFigures(browser, `${base}/overview`, "overview")),
			...(await pageFigures(browser, `${base}/rules`, "rules")),
			...(await pageFigures(browser, open(small), `trace of ${SMALL} spans`, "j")),
			...(await traceFigures(browser, open(small), open(large))),
		];
	} finally {
		await browser.close();
		await product.stop();
	}
}

async function pageFigures(browser: TestBrowser, address: string, name: string, key?: string): Promise<Figure[]> {
	const page = await browser.open();
	const bytes = await scriptBytes(page, address);
	const paints: number[] = [];
	for (let load = 0; load < LOADS; load++) {
		await page.goto(address, { waitUntil: "networkidle" });
		paints.push(await page.evaluate(largestPaintMs));
	}
	const figures: Figure[] = [
		{ name: `${name}: script`, value: bytes / 1024, unit: "KB", note: "as sent, compressed" },
		{ name: `${name}: largest paint`, value: percentile(paints, 0.5), unit: "ms" },
	];
	if (key)
		figures.push({
			name: `${name}: key to next frame`,
			value: percentile(await keyDelays(page, key), 0.5),
			unit: "ms",
		});
	await page.context().close();
	return figures;
}

async function scriptBytes(page: Page, address: string): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send("Network.enable");
	const scripts = new Set<string>();
	let bytes = 0;
	session.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
	session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
		if (scripts.has(requestId)) bytes += encodedDataLength;
	});
	await page.goto(address, { waitUntil: "networkidle" });
	await session.detach();
	return bytes;
}

async function traceFigures(browser: TestBrowser, small: string, large: string): Promise<Figure[]> {
	const [few, many] = [await openedTrace(browser, small), await openedTrace(browser, large)];
	const words = `with ${SMALL} spans`;
	const beside = (value: number, of: number, goal?: string) => ({
		ratio: { of: words, value: value / of, ...(goal && { goal }) },
	});
	return [
		{ name: `trace of ${SMALL} spans: interactive`, value: few.readyMs, unit: "ms" },
		{
			name: `trace of 50,000 spans: interactive`,
			value: many.readyMs,
			unit: "ms",
			...beside(many.readyMs, few.readyMs, "<= 2"),
		},
		{ name: `trace of ${SMALL} spans: heap`, value: few.heap / MIB, unit: "MiB" },
		{ name: `trace of 50,000 spans: heap`, value: many.heap / MIB, unit: "MiB", ...beside(many.heap, few.heap) },
		{ name: `trace of 50,000 spans: heap at the last span`, value: many.heapAtEnd / MIB, unit: "MiB" },
		{ name: `trace of ${SMALL} spans: scroll frames in time`, value: few.smooth * 100, unit: "%" },
		{
			name: `trace of 50,000 spans: scroll frames in time`,
			value: many.smooth * 100,
			unit: "%",
			...beside(many.smooth, few.smooth),
		},
	];
}

/** A trace from the address to where a key moves the selection, then scrolled through to its last span. */
async function openedTrace(browser: TestBrowser, address: string) {
	const page = await browser.open();
	// What is evaluated in the page was compiled by tsx, which marks functions with their names.
	await page.addInitScript("globalThis.__name = (named) => named");
	const ready: number[] = [];
	for (let load = 0; load < LOADS; load++) {
		await page.goto("about:blank");
		const start = performance.now();
		await page.goto(address, { waitUntil: "commit" });
		await movesByKey(page);
		ready.push(performance.now() - start);
	}
	const heap = await heapBytes(page);
	const smooth = await page.evaluate(scrollSmoothly, { steps: SCROLLS, frameMs: FRAME_MS });
	const tree = page.getByRole("navigation", { name: "Spans of the trace" });
	for (let tries = 0; tries < 50 && !(await isAtEnd(page)); tries++) {
		await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight));
		await page.waitForTimeout(50);
	}
	await tree.locator("a[data-span]").last().click();
	await page.waitForFunction(() => document.querySelector('a[data-span][aria-current="true"]') !== null);
	const heapAtEnd = await heapBytes(page);
	await page.context().close();
	return { readyMs: percentile(ready, 0.5), heap, heapAtEnd, smooth };
}

async function movesByKey(page: Page): Promise<void> {
	await page.waitForSelector("a[data-span]");
	const first = await page.evaluate(() =>
		document.querySelector('a[data-span][aria-current="true"]')?.getAttribute("data-span"),
	);
	for (;;) {
		await page.keyboard.press("j");
		const moved = await page.evaluate((from) => {
			const now = document.querySelector('a[data-span][aria-current="true"]')?.getAttribute("data-span");
			return now !== undefined && now !== from;
		}, first);
		if (moved) return;
		await page.waitForTimeout(10);
	}
}

function isAtEnd(page: Page): Promise<boolean> {
	return page
		.getByRole("navigation", { name: "Spans of the trace" })
		.evaluate((element) => element.scrollTop + element.clientHeight >= element.scrollHeight - 2);
}

/** From pressing a key to the next frame, as the browser's event timing has it; what takes under 16 ms counts as that. */
async function keyDelays(page: Page, key: string): Promise<number[]> {
	await page.evaluate(() => {
		const seen: number[] = [];
		Object.assign(window, { seen });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) if (entry.name === "keydown") seen.push(entry.duration);
		}).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
	});
	for (let press = 0; press < KEYS; press++) {
		await page.keyboard.press(key);
		await page.waitForTimeout(100);
	}
	const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
	return [...seen, ...Array.from({ length: Math.max(0, KEYS - seen.length) }, () => 16)];
}

function largestPaintMs(): Promise<number> {
	return new Promise((resolve) => {
		new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
			type: "largest-contentful-paint",
			buffered: true,
		});
	});
}

/** Scrolls the tree a screen a frame; the share of frames that came in time. */
async function scrollSmoothly({ steps, frameMs }: { steps: number; frameMs: number }): Promise<number> {
	const tree = document.querySelector("nav[aria-label='Spans of the trace']");
	if (!tree) throw new Error("no tree");
	const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
	let [inTime, last] = [0, await frame()];
	for (let step = 0; step < steps; step++) {
		tree.scrollTop = step % 100 < 50 ? tree.scrollTop + 300 : tree.scrollTop - 300;
		const now = await frame();
		if (now - last < frameMs * 1.5) inTime++;
		last = now;
	}
	return inTime / steps;
}
