import { lookup } from "node:dns/promises";
import { env } from "@/lib/env";
import { checkOutbound, type OutboundPolicy, outboundPolicy, type ResolveHost } from "@/lib/http/outbound-guard";
import { requestAt } from "@/lib/http/request-at";

/** Like `fetch`, which it stands in for in SDKs. */
export type OutboundFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * The only way out, under the policy and host names of this process: http and https, no redirects followed (a redirect
 * could lead anywhere, with the key in its headers), and only to addresses that `checkOutbound` lets pass, whose refusals
 * it throws. Network failures throw as the system's errors with a `code`. The caller bounds the time with a signal.
 */
export const outboundFetch: OutboundFetch = openOutboundFetch(() => outboundPolicy(env()));

/** The same under a policy and a resolver of one's own; each call asks for the policy once and resolves once. */
export function openOutboundFetch(policy: () => OutboundPolicy, resolve: ResolveHost = resolveHost): OutboundFetch {
	return async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
		const addresses = await unlessAborted(checkOutbound(url, policy(), resolve), signal);
		return requestAt(new Request(input, { ...init, redirect: "manual" }), addresses, signal);
	};
}

async function resolveHost(host: string): Promise<string[]> {
	return (await lookup(host, { all: true })).map(({ address }) => address);
}

// A resolver cannot be interrupted, but need not be waited for.
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
	if (!signal) return work;
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) abort();
		signal.addEventListener("abort", abort, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
	});
}
