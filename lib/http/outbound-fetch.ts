import { AppError } from "@/lib/errors";

/**
 * The only way out: http and https, no redirects followed (a redirect could lead anywhere, with the key in its headers).
 * Network failures throw as fetch's own errors.
 */
export function outboundFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
	const url = new URL(input instanceof Request ? input.url : input);
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		throw new AppError("invalid_input", `Outbound calls speak http or https, not ${url.protocol}`);
	}
	return fetch(input, { ...init, redirect: "manual" });
}
