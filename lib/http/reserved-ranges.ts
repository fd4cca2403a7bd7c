import { type IpAddress, type IpNetwork, inNetwork, ipNetwork } from "@/lib/http/ip-address";

/** Addresses that are not simply somewhere on the Internet. */
export interface ReservedRange {
	network: IpNetwork;
	/** The network as people write it. */
	cidr: string;
	/** What such an address is, as a sentence says it. */
	what: string;
	/** Where one's own servers live: open to a Spanwise on a laptop, and to names that the operator lists. */
	local: boolean;
	/** The last 32 bits are an IPv4 address that must be judged as well. */
	embeds: boolean;
}

const LOOPBACK = "a loopback address";
const PRIVATE = "a private address";
const SHARED = "an address of a carrier's private network";
const LINK_LOCAL = "a link-local address, where clouds keep their metadata";
const METADATA = "a cloud's metadata address";
const MULTICAST = "a multicast address";
const BROADCAST = "the broadcast address";
const UNSPECIFIED = "an unspecified address";
const DOCUMENTATION = "an address of the documentation ranges";
const BENCHMARK = "an address of the benchmark ranges";
const MAPPED = "an IPv4 address in IPv6 clothes";
const TRANSLATED = "a translated address (NAT64, 6to4 or Teredo)";
const RESERVED = "a reserved address";

const LOCAL = new Set([LOOPBACK, PRIVATE, SHARED]);
const EMBEDDING = new Set(["::ffff:0:0/96", "64:ff9b::/96"]);

// The first that holds an address decides. After IANA's registries of special-purpose addresses; the single hosts are
// where AWS, Google, Alibaba, Oracle and Azure answer questions about the machine that asks.
const TABLE: readonly (readonly [cidr: string, what: string])[] = [
	["100.100.100.200/32", METADATA],
	["168.63.129.16/32", METADATA],
	["192.0.0.192/32", METADATA],
	["0.0.0.0/8", UNSPECIFIED],
	["10.0.0.0/8", PRIVATE],
	["100.64.0.0/10", SHARED],
	["127.0.0.0/8", LOOPBACK],
	["169.254.0.0/16", LINK_LOCAL],
	["172.16.0.0/12", PRIVATE],
	["192.0.0.0/24", RESERVED],
	["192.0.2.0/24", DOCUMENTATION],
	["192.88.99.0/24", TRANSLATED],
	["192.168.0.0/16", PRIVATE],
	["198.18.0.0/15", BENCHMARK],
	["198.51.100.0/24", DOCUMENTATION],
	["203.0.113.0/24", DOCUMENTATION],
	["224.0.0.0/4", MULTICAST],
	["255.255.255.255/32", BROADCAST],
	["240.0.0.0/4", RESERVED],
	["fd00:ec2::254/128", METADATA],
	["fd20:ce::254/128", METADATA],
	["::/128", UNSPECIFIED],
	["::1/128", LOOPBACK],
	["::ffff:0:0/96", MAPPED],
	["64:ff9b::/96", TRANSLATED],
	["64:ff9b:1::/48", TRANSLATED],
	["fc00::/7", PRIVATE],
	["fe80::/10", LINK_LOCAL],
	["ff00::/8", MULTICAST],
	["2001::/32", TRANSLATED],
	["2001:2::/48", BENCHMARK],
	["2001::/23", RESERVED],
	["2001:db8::/32", DOCUMENTATION],
	["2002::/16", TRANSLATED],
	["3fff::/20", DOCUMENTATION],
];

const RANGES = TABLE.map(([cidr, what]): ReservedRange => {
	const [address = "", prefix] = cidr.split("/");
	const network = ipNetwork(address, Number(prefix));
	return { network, cidr, what, local: LOCAL.has(what), embeds: EMBEDDING.has(cidr) };
});

// All of IPv6 that is given out to the public Internet.
const GIVEN_OUT = ipNetwork("2000::", 3);
const NOT_GIVEN_OUT: ReservedRange = {
	network: ipNetwork("::", 0),
	cidr: "::/0",
	what: RESERVED,
	local: false,
	embeds: false,
};

/** The reserved range of an address; null when it is an ordinary public one. */
export function reservedRangeOf(address: IpAddress): ReservedRange | null {
	const range = RANGES.find(({ network }) => inNetwork(address, network));
	if (range) return range;
	return address.family === 4 || inNetwork(address, GIVEN_OUT) ? null : NOT_GIVEN_OUT;
}
