import { headers } from "next/headers";

const HOST = /^[\w.:[\]-]+$/;

/** Scheme, host and port that the browser used, as a command may repeat them. */
export async function requestOrigin(): Promise<string> {
	const sent = await headers();
	const host = sent.get("x-forwarded-host") ?? sent.get("host") ?? "";
	const scheme = sent.get("x-forwarded-proto")?.split(",")[0] === "https" ? "https" : "http";
	// It becomes part of a shell command: anything that is no host is not repeated.
	return HOST.test(host) ? `${scheme}://${host}` : "http://localhost:8080";
}
