import { isIP } from "node:net";

/** An address as a number: 32 bits of IPv4 or 128 of IPv6. A mapped IPv4 address is IPv6. */
export interface IpAddress {
	family: 4 | 6;
	value: bigint;
}

/** All addresses that share the first `prefix` bits with `start`. */
export interface IpNetwork {
	start: IpAddress;
	prefix: number;
}

/** Reads an address in its textual form, with or without a zone (`fe80::1%eth0`); null when it is none. */
export function parseIp(text: string): IpAddress | null {
	const [bare = ""] = text.split("%", 1);
	const family = isIP(bare);
	if (family === 4) return { family, value: ipv4Value(bare) };
	return family === 6 ? { family, value: ipv6Value(bare) } : null;
}

/** The network that starts at an address; bits behind the prefix do not matter. Throws on what is no address. */
export function ipNetwork(address: string, prefix: number): IpNetwork {
	const start = parseIp(address);
	if (!start) throw new Error(`not an IP address: ${address}`);
	return { start, prefix };
}

/** True for an address of the network; never across families. */
export function inNetwork({ family, value }: IpAddress, { start, prefix }: IpNetwork): boolean {
	const hostBits = BigInt((start.family === 4 ? 32 : 128) - prefix);
	return family === start.family && value >> hostBits === start.value >> hostBits;
}

/** The IPv4 address in the last 32 bits of an IPv6 address. */
export function embeddedIpv4({ value }: IpAddress): IpAddress {
	return { family: 4, value: value & 0xffff_ffffn };
}

function ipv4Value(text: string): bigint {
	return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function ipv6Value(text: string): bigint {
	const dotted = /[\d.]+\.\d+$/.exec(text)?.[0];
	const last = dotted ? ipv4Value(dotted) : 0n;
	const hex = dotted
		? `${text.slice(0, -dotted.length)}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`
		: text;
	const [head = "", tail] = hex.split("::");
	const front = head.split(":").filter(Boolean);
	const back = (tail ?? "").split(":").filter(Boolean);
	const zeros: string[] = Array(8 - front.length - back.length).fill("0");
	return [...front, ...zeros, ...back].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
