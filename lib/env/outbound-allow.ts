import { isIP } from "node:net";

/** One entry of SPANWISE_OUTBOUND_ALLOW. Without a port it speaks of every port that HTTP is expected on. */
export type OutboundAllowance =
	/** A name, in lower case as URLs spell it. */
	| { kind: "host"; host: string; port: number | null }
	/** A network in CIDR notation; a single address has all its bits as prefix. */
	| { kind: "network"; address: string; prefix: number; port: number | null };

/**
 * Reads one entry: `host`, `host:port`, an address (`10.0.0.5`, `10.0.0.5:8000`, `::1`, `[::1]:8000`) or a network
 * (`10.0.0.0/8`, `fd00::/8`). Null for anything else.
 */
export function parseOutboundAllowance(entry: string): OutboundAllowance | null {
	if (entry.includes("/")) return networkOf(entry);
	if (isIP(entry)) return single(entry, null);
	const [, bracketed, name, digits] = /^(?:\[([^\]]+)\]|([^\s:/@?#\\[\]*]+))(?::(\d{1,5}))?$/.exec(entry) ?? [];
	const port = digits === undefined ? null : Number(digits);
	if (port !== null && (port < 1 || port > 65_535)) return null;
	if (bracketed) return isIP(bracketed) === 6 ? single(bracketed, port) : null;
	if (!name || !URL.canParse(`http://${name}/`)) return null;
	const host = new URL(`http://${name}/`).hostname;
	// A URL spells 0x7f.1 and 2130706433 as the address they are.
	return isIP(host) ? single(host, port) : { kind: "host", host: host.replace(/\.$/, ""), port };
}

function networkOf(entry: string): OutboundAllowance | null {
	const [address = "", prefix = "", ...more] = entry.split("/");
	const family = isIP(address);
	const valid = more.length === 0 && family !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bitsOf(family);
	return valid ? { kind: "network", address, prefix: Number(prefix), port: null } : null;
}

function single(address: string, port: number | null): OutboundAllowance {
	return { kind: "network", address, prefix: bitsOf(isIP(address)), port };
}

function bitsOf(family: number): number {
	return family === 4 ? 32 : 128;
}
