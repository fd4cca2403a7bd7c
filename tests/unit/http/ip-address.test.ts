import { describe, expect, it } from "vitest";
import { inNetwork, ipNetwork, parseIp } from "@/lib/http/ip-address";

describe("parseIp()", () => {
	it.each([
		["127.0.0.1", 4, 0x7f00_0001n],
		["255.255.255.255", 4, 0xffff_ffffn],
		["::", 6, 0n],
		["::1", 6, 1n],
		["1::", 6, 1n << 112n],
		["1:2:3:4:5:6:7:8", 6, 0x0001_0002_0003_0004_0005_0006_0007_0008n],
		["2001:db8::8:0:1", 6, 0x2001_0db8_0000_0000_0000_0008_0000_0001n],
		["::ffff:127.0.0.1", 6, 0xffff_7f00_0001n],
		["64:ff9b::10.0.0.1", 6, 0x0064_ff9b_0000_0000_0000_0000_0a00_0001n],
		["1:2:3:4:5:6:1.2.3.4", 6, 0x0001_0002_0003_0004_0005_0006_0102_0304n],
		["fe80::1%eth0", 6, 0xfe80_0000_0000_0000_0000_0000_0000_0001n],
	] as const)("reads %s", (text, family, value) => {
		expect(parseIp(text)).toEqual({ family, value });
	});

	it.each(["", "localhost", "1.2.3", "0x7f.0.0.1", "1.2.3.4.5", "::1::", "12345::", "[::1]"])("refuses %j", (text) => {
		expect(parseIp(text)).toBeNull();
	});
});

describe("inNetwork()", () => {
	it.each([
		["10.255.255.255", "10.0.0.0", 8, true],
		["11.0.0.0", "10.0.0.0", 8, false],
		["10.1.2.3", "10.9.9.9", 8, true],
		["8.8.8.8", "0.0.0.0", 0, true],
		["1.2.3.4", "1.2.3.4", 32, true],
		["1.2.3.5", "1.2.3.4", 32, false],
		["::ffff:10.0.0.1", "10.0.0.0", 8, false],
		["10.0.0.1", "::", 0, false],
		["fdff::1", "fc00::", 7, true],
		["fe00::1", "fc00::", 7, false],
	] as const)("%s in %s/%i: %s", (address, start, prefix, expected) => {
		const ip = parseIp(address);
		expect(ip && inNetwork(ip, ipNetwork(start, prefix))).toBe(expected);
	});
});
