"use client";

import { useEffect, useReducer, useRef } from "react";

/** What the server gives at once. */
const ASKED_MAX = 24;
/** Who scrolls through does not need what passes by. */
const REST_MS = 80;
const RETRY_MS = 3000;
/** Of a long trace only what was seen last is kept. */
const KEPT_MAX = 400;

interface Store<Body> {
	bodies: Map<string, Body>;
	asked: Set<string>;
}

/**
 * What the spans in sight say, read as they come into sight. `wanted` is what the server is asked for: a span id, or a span
 * id, a point and that of the call before; `given` came with the page. What was read stays until the trace is another one, so a trace that grows reads
 * what is new only.
 */
export function useBodies<Body>(
	href: string,
	wanted: readonly string[],
	given: Readonly<Record<string, Body>> = {},
): { bodyOf(spanId: string): Body | undefined } {
	const store = useRef<Store<Body>>({ bodies: new Map(), asked: new Set() });
	const [, redraw] = useReducer((count: number) => count + 1, 0);
	const missing = wanted.filter((one) => !store.current.asked.has(one)).slice(0, ASKED_MAX);
	const ask = missing.join(" ");

	useEffect(() => {
		if (ask === "") return;
		const { bodies, asked } = store.current;
		const list = ask.split(" ");
		let retry: ReturnType<typeof setTimeout> | undefined;
		const timer = setTimeout(async () => {
			for (const one of list) asked.add(one);
			try {
				const query = new URLSearchParams(list.map((one) => ["span", one]));
				const response = await window.fetch(`${href}${href.includes("?") ? "&" : "?"}${query}`);
				if (!response.ok) throw new Error(String(response.status));
				if (bodies.size > KEPT_MAX) {
					bodies.clear();
					asked.clear();
				}
				for (const [spanId, body] of Object.entries<Body>(await response.json())) bodies.set(spanId, body);
			} catch {
				for (const one of list) asked.delete(one);
				retry = setTimeout(redraw, RETRY_MS);
				return;
			}
			redraw();
		}, REST_MS);
		return () => {
			clearTimeout(timer);
			clearTimeout(retry);
		};
	}, [ask, href]);

	return { bodyOf: (spanId) => store.current.bodies.get(spanId) ?? given[spanId] };
}
