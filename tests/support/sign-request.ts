import { createHash, createHmac } from "node:crypto";

// Both directions of trust between an Inngest server and an application, as the public protocol has them.

/** The signature header of a server's request: over the body in canonical JSON and the second it was sent. */
export function signRequest(body: unknown, signingKey: string, at: Date = new Date()): string {
	const seconds = Math.floor(at.getTime() / 1000);
	const signature = createHmac("sha256", bare(signingKey))
		.update(`${canonical(body)}${seconds}`)
		.digest("hex");
	return `t=${seconds}&s=${signature}`;
}

/** What the SDK sends as its bearer token: a hash, so that the key itself never travels. */
export function hashedSigningKey(signingKey: string): string {
	const prefix = signingKey.match(/^signkey-\w+-/)?.[0] ?? "";
	return (
		prefix +
		createHash("sha256")
			.update(Buffer.from(bare(signingKey), "hex"))
			.digest("hex")
	);
}

function bare(signingKey: string): string {
	return signingKey.replace(/^signkey-\w+-/, "");
}

/** JSON with sorted keys and nothing else between (RFC 8785, for what JSON.parse makes). */
function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const members = Object.entries(value).filter(([, member]) => member !== undefined);
	const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${sorted.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}
