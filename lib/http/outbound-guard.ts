import { type Env, listensOnLoopback } from "@/lib/env";
import type { OutboundAllowance } from "@/lib/env/outbound-allow";
import { AppError } from "@/lib/errors";
import { embeddedIpv4, type IpAddress, inNetwork, ipNetwork, parseIp } from "@/lib/http/ip-address";
import { type ReservedRange, reservedRangeOf } from "@/lib/http/reserved-ranges";

/** What outgoing calls may reach beyond the public Internet. */
export interface OutboundPolicy {
	/** Loopback and private addresses are open: who could ask sits at this machine anyway. */
	local: boolean;
	allow: readonly OutboundAllowance[];
}

/** An address that may be connected to. */
export interface CheckedAddress {
	address: string;
	family: 4 | 6;
}

/** All addresses of a host name, as text. Rejects with the system's error when there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

const VARIABLE = "SPANWISE_OUTBOUND_ALLOW";
const HTTP_PORTS = new Set([80, 443]);
const UNPRIVILEGED_PORT = 1024;
// Above 1023, what browsers refuse to speak HTTP to, and data stores that read a line of it as commands.
const OTHER_PROTOCOLS = new Set([
	...[1719, 1720, 1723, 2049, 3306, 3659, 4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668],
	...[6669, 6679, 6697, 10_080, 11_211],
]);

/** Local calls are open while Spanwise listens on loopback only; everywhere, what SPANWISE_OUTBOUND_ALLOW lists. */
export function outboundPolicy(env: Env): OutboundPolicy {
	return { local: listensOnLoopback(env), allow: env.SPANWISE_OUTBOUND_ALLOW ?? [] };
}

/**
 * Checks where a call would go and returns the only addresses it may be connected to, for resolving the name again could
 * give others. Every address of the host must be allowed. Refusals are final: `invalid_input` for a URL that no call may
 * have, `forbidden` for a place that this server does not call, in a sentence that says what to set. What `resolve` throws
 * is thrown on.
 */
export async function checkOutbound(
	url: URL,
	{ local, allow }: OutboundPolicy,
	resolve: ResolveHost,
): Promise<CheckedAddress[]> {
	const { host, port } = placeOf(url);
	const listed = allow.filter((entry) => entry.port === null || entry.port === port);
	const literal = parseIp(host);
	const addresses = literal ? [host] : await resolve(host);
	const checked = addresses.map((address) => {
		const ip = parseIp(address);
		if (!ip) throw refusal(host, "resolves to something that is no IP address");
		return { ip, entries: listed.filter((entry) => (entry.kind === "host" ? entry.host === host : covers(entry, ip))) };
	});
	if (checked.length === 0) throw refusal(host, "resolves to no address");
	const named = checked.every(({ entries }) => entries.some((entry) => entry.port === port));
	if (!named && !isHttpPort(port)) {
		throw refusal(host, `is asked for at port ${port}, which no HTTP service is expected on`, suggestion(host, port));
	}
	for (const { ip, entries } of checked) {
		const range = closedRange(ip, entries, local);
		if (!range) continue;
		throw refusal(host, `${literal ? "is" : "resolves to"} ${range.what}`, adviceFor(range, host, port));
	}
	return checked.map(({ ip }, index) => ({ address: addresses[index] ?? "", family: ip.family }));
}

function placeOf(url: URL): { host: string; port: number } {
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		throw new AppError("invalid_input", `Outbound calls speak http or https, not ${url.protocol}`);
	}
	if (url.username || url.password) {
		throw new AppError("invalid_input", "The URL of an outbound call must not hold a user name or password");
	}
	const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
	return { host, port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port) };
}

function isHttpPort(port: number): boolean {
	return HTTP_PORTS.has(port) || (port >= UNPRIVILEGED_PORT && !OTHER_PROTOCOLS.has(port));
}

/** The range that keeps an address from being called; null when nothing does. */
function closedRange(ip: IpAddress, entries: readonly OutboundAllowance[], local: boolean): ReservedRange | null {
	const range = reservedRangeOf(ip);
	if (!range || (range.local && (local || entries.length > 0))) return null;
	// A wide network or a name opens one's own servers; metadata and the like only when they are meant by name.
	const meant = entries.some((entry) => entry.kind === "network" && entry.prefix >= range.network.prefix);
	if (!meant) return range;
	const exact = entries.some((entry) => entry.kind === "network" && entry.prefix === 128);
	return range.embeds && !exact ? closedRange(embeddedIpv4(ip), [], local) : null;
}

function covers(entry: Extract<OutboundAllowance, { kind: "network" }>, ip: IpAddress): boolean {
	return inNetwork(ip, ipNetwork(entry.address, entry.prefix));
}

// Nobody should open metadata and the like by copying a sentence; networks behind NAT64 cannot do without its range.
function adviceFor(range: ReservedRange, host: string, port: number): string {
	if (range.local) return suggestion(host, port);
	return range.embeds ? range.cidr : "its network in CIDR notation";
}

function suggestion(host: string, port: number): string {
	return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function refusal(host: string, reason: string, advice?: string): AppError {
	const remedy = advice ? `. If that is meant, add ${advice} to ${VARIABLE}` : "";
	return new AppError("forbidden", `This server does not call ${host}: it ${reason}${remedy}`);
}
