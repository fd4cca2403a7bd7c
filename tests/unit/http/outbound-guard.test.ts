import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { checkOutbound, outboundPolicy } from "@/lib/http/outbound-guard";
import { failure } from "@/tests/support/failure";

const LAPTOP = outboundPolicy(parseEnv({}));
const SERVER = outboundPolicy(parseEnv({ HOST: "0.0.0.0", SPANWISE_API_KEY: "key" }));
const serverThatAllows = (allow: string) =>
	outboundPolicy(parseEnv({ HOST: "0.0.0.0", SPANWISE_API_KEY: "key", SPANWISE_OUTBOUND_ALLOW: allow }));

/** Names of these tests; others do not resolve. */
const NAMES: Record<string, string[]> = {
	"public.example": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
	"loop.example": ["127.0.0.1"],
	"private.example": ["10.1.2.3"],
	"mixed.example": ["93.184.215.14", "10.1.2.3"],
	"mixed6.example": ["93.184.215.14", "fd00::1"],
	"metadata.example": ["169.254.169.254"],
	"zone.example": ["fe80::1%eth0"],
	"empty.example": [],
	"odd.example": ["not an address"],
	localhost: ["::1", "127.0.0.1"],
};

async function resolve(host: string): Promise<string[]> {
	const found = NAMES[host];
	if (!found) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
	return found;
}

const check = (url: string, policy = SERVER) => checkOutbound(new URL(url), policy, resolve);

describe("a server that others can reach", () => {
	it.each([
		["a public name", "https://public.example/v1"],
		["a name with a dot at its end", "https://public.example./v1"],
		["a public address", "http://93.184.215.14/v1"],
		["a public IPv6 address", "http://[2606:2800:21f::1]/v1"],
		["the last address before a range", "http://9.255.255.255/"],
		["the first address after a range", "http://172.32.0.0/"],
		["port 1024", "http://public.example:1024/"],
		["port 8443", "https://public.example:8443/"],
		["port 443 for http", "http://public.example:443/"],
	])("calls %s", async (_, url) => {
		expect(await check(url)).not.toEqual([]);
	});

	it.each([
		["loopback", "http://127.0.0.1/", /loopback/],
		["loopback elsewhere in 127/8", "http://127.8.9.10/", /loopback/],
		["loopback as one decimal number", "http://2130706433/", /loopback/],
		["loopback in octal", "http://0177.0.0.1/", /loopback/],
		["loopback as one octal number", "http://017700000001/", /loopback/],
		["loopback in hex", "http://0x7f.0.0.1/", /loopback/],
		["loopback as one hex number", "http://0x7f000001/", /loopback/],
		["loopback in short", "http://127.1/", /loopback/],
		["loopback in full-width digits", "http://１２７.０.０.１/", /loopback/],
		["loopback with a dot at its end", "http://127.0.0.1./", /loopback/],
		["loopback over IPv6", "http://[::1]/", /loopback/],
		["loopback over IPv6 in full", "http://[0:0:0:0:0:0:0:1]/", /loopback/],
		["private 10/8", "http://10.0.0.1/", /private/],
		["private 172.16/12", "http://172.31.255.255/", /private/],
		["private 192.168/16", "http://192.168.1.1/", /private/],
		["a carrier's network", "http://100.64.0.1/", /carrier/],
		["link-local", "http://169.254.1.1/", /link-local/],
		["cloud metadata", "http://169.254.169.254/latest/meta-data/", /link-local/],
		["cloud metadata as one decimal number", "http://2852039166/", /link-local/],
		["cloud metadata over IPv6", "http://[fd00:ec2::254]/", /metadata/],
		["cloud metadata in a carrier's range", "http://100.100.100.200/", /metadata/],
		["cloud metadata at a public address", "http://168.63.129.16/", /metadata/],
		["this network", "http://0.0.0.0/", /unspecified/],
		["the rest of 0/8", "http://0.1.2.3/", /unspecified/],
		["zero", "http://0/", /unspecified/],
		["unspecified over IPv6", "http://[::]/", /unspecified/],
		["multicast", "http://224.0.0.1/", /multicast/],
		["multicast over IPv6", "http://[ff02::1]/", /multicast/],
		["broadcast", "http://255.255.255.255/", /broadcast/],
		["the reserved block", "http://250.1.2.3/", /reserved/],
		["protocol assignments", "http://192.0.0.1/", /reserved/],
		["documentation 1", "http://192.0.2.1/", /documentation/],
		["documentation 2", "http://198.51.100.1/", /documentation/],
		["documentation 3", "http://203.0.113.1/", /documentation/],
		["documentation over IPv6", "http://[2001:db8::1]/", /documentation/],
		["newer documentation over IPv6", "http://[3fff::1]/", /documentation/],
		["benchmark", "http://198.19.255.255/", /benchmark/],
		["benchmark over IPv6", "http://[2001:2::1]/", /benchmark/],
		["unique local", "http://[fd12:3456::1]/", /private/],
		["link-local over IPv6", "http://[fe80::1]/", /link-local/],
		["mapped loopback", "http://[::ffff:127.0.0.1]/", /IPv4 address in IPv6/],
		["mapped loopback in hex", "http://[::ffff:7f00:1]/", /IPv4 address in IPv6/],
		["mapped public", "http://[::ffff:93.184.215.14]/", /IPv4 address in IPv6/],
		["IPv4-compatible loopback", "http://[::127.0.0.1]/", /reserved/],
		["NAT64", "http://[64:ff9b::10.0.0.1]/", /translated/],
		["local NAT64", "http://[64:ff9b:1::1]/", /translated/],
		["6to4", "http://[2002:7f00:1::]/", /translated/],
		["6to4 relays", "http://192.88.99.1/", /translated/],
		["Teredo", "http://[2001::1]/", /translated/],
		["site-local, given up long ago", "http://[fec0::1]/", /reserved/],
		["IPv6 that nobody was given", "http://[4000::1]/", /reserved/],
		["localhost", "http://localhost/", /loopback/],
		["a name of loopback", "http://loop.example/", /loopback/],
		["a name of a private address", "http://private.example/", /private/],
		["a name with one private address among public ones", "http://mixed.example/", /private/],
		["a name with one private IPv6 address", "http://mixed6.example/", /private/],
		["a name of the metadata service", "http://metadata.example/", /link-local/],
		["an address with a zone", "http://zone.example/", /link-local/],
		["a name without addresses", "http://empty.example/", /no address/],
		["a name of something else", "http://odd.example/", /no IP address/],
		["port 22", "http://public.example:22/", /port 22/],
		["port 25", "http://public.example:25/", /port 25/],
		["port 0", "http://public.example:0/", /port 0/],
		["port 81", "http://public.example:81/", /port 81/],
		["a mail port above 1023", "http://public.example:4190/", /port 4190/],
		["a data store's port", "http://public.example:6379/", /port 6379/],
	])("refuses %s for good", async (_, url, reason) => {
		const error = await failure(() => check(url));
		expect(error).toMatchObject({ code: "forbidden", retryable: false });
		expect(error.publicMessage).toMatch(reason);
		expect(error.publicMessage).toContain(`does not call ${new URL(url).hostname.replace(/[[\]]|\.$/g, "")}: it `);
	});

	it.each([
		["a file", "file:///etc/passwd"],
		["data", "data:text/plain,hello"],
		["FTP", "ftp://public.example/"],
		["gopher", "gopher://public.example/"],
		["a user name", "https://user@public.example/"],
		["a password", "https://:secret@public.example/"],
	])("refuses %s whoever asks", async (_, url) => {
		for (const policy of [SERVER, LAPTOP, serverThatAllows("public.example,0.0.0.0/0")]) {
			const error = await failure(() => check(url, policy));
			expect(error).toMatchObject({ code: "invalid_input", retryable: false });
			expect(error.publicMessage).not.toContain("secret");
		}
	});

	it("says in one sentence what to set", async () => {
		expect((await failure(() => check("http://private.example:8000/v1"))).publicMessage).toBe(
			"This server does not call private.example: it resolves to a private address. If that is meant, add private.example:8000 to SPANWISE_OUTBOUND_ALLOW",
		);
		expect((await failure(() => check("http://[fd00::1]/v1"))).publicMessage).toBe(
			"This server does not call fd00::1: it is a private address. If that is meant, add [fd00::1]:80 to SPANWISE_OUTBOUND_ALLOW",
		);
	});

	it("names the range of NAT64 to set, but no range of metadata", async () => {
		const message = async (url: string) => (await failure(() => check(url))).publicMessage;
		expect(await message("http://[64:ff9b::93.184.215.14]/")).toMatch(/add 64:ff9b::\/96 to SPANWISE_OUTBOUND_ALLOW$/);
		expect(await message("http://metadata.example/")).toMatch(/add its network in CIDR notation to/);
	});

	it("passes on that a name does not resolve, which may pass", async () => {
		await expect(check("http://nowhere.example/")).rejects.toMatchObject({ code: "ENOTFOUND" });
	});

	it("gives every checked address with its family", async () => {
		expect(await check("https://public.example/")).toEqual([
			{ address: "93.184.215.14", family: 4 },
			{ address: "2606:2800:21f:cb07:6820:80da:af6b:8b2c", family: 6 },
		]);
	});
});

describe("SPANWISE_OUTBOUND_ALLOW", () => {
	it.each([
		["a name", "private.example", "http://private.example:8000/"],
		["a name in other letters", "Private.Example", "http://private.example:8000/"],
		["a name at its port", "private.example:8000", "http://private.example:8000/"],
		["a name at its default port", "private.example:443", "https://private.example/"],
		["a name at a port that is closed otherwise", "public.example:81", "http://public.example:81/"],
		["a name with public and private addresses", "mixed.example", "http://mixed.example/"],
		["an address", "10.1.2.3", "http://private.example/"],
		["an address at its port", "10.1.2.3:8000", "http://10.1.2.3:8000/"],
		["a network", "10.0.0.0/8", "http://private.example/"],
		["one network of several entries", "public.example,fd00::/8", "http://mixed6.example/"],
		["all of IPv4, for private addresses", "0.0.0.0/0", "http://private.example/"],
		["loopback", "localhost", "http://localhost:11434/"],
		["loopback as a network of each family", "127.0.0.0/8,::1", "http://localhost:11434/"],
		["metadata by its own address", "169.254.169.254", "http://metadata.example/"],
		["a mapped address written out", "[::ffff:10.1.2.3]:8000", "http://[::ffff:10.1.2.3]:8000/"],
		["NAT64 to a public address", "64:ff9b::/96", "http://[64:ff9b::93.184.215.14]/"],
	])("opens %s", async (_, allow, url) => {
		expect(await check(url, serverThatAllows(allow))).not.toEqual([]);
	});

	it.each([
		["another name", "public.example", "http://private.example/"],
		["a name below", "example", "http://private.example/"],
		["another port", "private.example:8000", "http://private.example:8001/"],
		["another port of an address", "10.1.2.3:8000", "http://10.1.2.3:8001/"],
		["another network", "10.2.0.0/16", "http://private.example/"],
		["one of two addresses only", "127.0.0.0/8", "http://localhost/"],
		["metadata by a name that resolves to it", "metadata.example", "http://metadata.example/"],
		["metadata by all of IPv4", "0.0.0.0/0", "http://metadata.example/"],
		["metadata inside a wider network", "100.64.0.0/10", "http://100.100.100.200/"],
		["mapped addresses by their IPv4 network", "127.0.0.0/8", "http://[::ffff:127.0.0.1]/"],
		["NAT64 to a private address", "64:ff9b::/96", "http://[64:ff9b::10.0.0.1]/"],
		["port 22 of a name without port", "private.example", "http://private.example:22/"],
		["port 22 of a network", "10.0.0.0/8", "http://10.1.2.3:22/"],
	])("does not open %s", async (_, allow, url) => {
		expect(await failure(() => check(url, serverThatAllows(allow)))).toMatchObject({ code: "forbidden" });
	});
});

describe("a server on loopback", () => {
	it.each([
		["localhost", "http://localhost:11434/v1"],
		["127.0.0.1", "http://127.0.0.1:11434/v1"],
		["::1", "http://[::1]:11434/v1"],
		["the home network", "http://192.168.1.20:1234/v1"],
		["an overlay network", "http://100.101.102.103:8000/v1"],
		["unique local addresses", "http://[fd7a:115c::1]:8000/v1"],
		["a public name", "https://public.example/v1"],
	])("calls %s", async (_, url) => {
		expect(await check(url, LAPTOP)).not.toEqual([]);
		for (const HOST of ["localhost", "::1"]) expect(outboundPolicy(parseEnv({ HOST })).local).toBe(true);
	});

	it.each([
		["link-local", "http://169.254.169.254/"],
		["link-local over IPv6", "http://[fe80::1]/"],
		["metadata at a private address", "http://[fd00:ec2::254]/"],
		["metadata at a carrier's address", "http://100.100.100.200/"],
		["a name of metadata", "http://metadata.example/"],
		["mapped loopback", "http://[::ffff:127.0.0.1]/"],
		["multicast", "http://224.0.0.1/"],
		["unspecified, which is loopback to some systems", "http://0.0.0.0/"],
		["port 22", "http://127.0.0.1:22/"],
		["a data store's port", "http://127.0.0.1:6379/"],
	])("still refuses %s", async (_, url) => {
		expect(await failure(() => check(url, LAPTOP))).toMatchObject({ code: "forbidden" });
	});
});
