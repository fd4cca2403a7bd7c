import { describe, expect, it } from "vitest";
import { parseOutboundAllowance } from "@/lib/env/outbound-allow";

const host = (host: string, port: number | null = null) => ({ kind: "host", host, port });
const network = (address: string, prefix: number, port: number | null = null) => ({
	kind: "network",
	address,
	prefix,
	port,
});

describe("parseOutboundAllowance()", () => {
	it.each([
		["models.internal", host("models.internal")],
		["MODELS.internal.", host("models.internal")],
		["models.internal:8000", host("models.internal", 8000)],
		["models.internal:80", host("models.internal", 80)],
		["localhost", host("localhost")],
		["bücher.example", host("xn--bcher-kva.example")],
		["10.0.0.5", network("10.0.0.5", 32)],
		["10.0.0.5:8000", network("10.0.0.5", 32, 8000)],
		["0x7f.1", network("127.0.0.1", 32)],
		["2130706433:11434", network("127.0.0.1", 32, 11_434)],
		["::1", network("::1", 128)],
		["[::1]", network("::1", 128)],
		["[fd00::5]:8000", network("fd00::5", 128, 8000)],
		["10.0.0.0/8", network("10.0.0.0", 8)],
		["0.0.0.0/0", network("0.0.0.0", 0)],
		["fd00::/8", network("fd00::", 8)],
	])("reads %s", (entry, expected) => {
		expect(parseOutboundAllowance(entry)).toEqual(expected);
	});

	it.each([
		["nothing", ""],
		["a URL", "http://models.internal"],
		["a path", "models.internal/v1"],
		["a star", "*.internal"],
		["credentials", "user:key@models.internal"],
		["blanks", "models internal"],
		["port 0", "models.internal:0"],
		["a port beyond 65535", "models.internal:65536"],
		["a port without digits", "models.internal:"],
		["a prefix beyond the family", "10.0.0.0/33"],
		["a prefix without digits", "10.0.0.0/"],
		["two prefixes", "10.0.0.0/8/8"],
		["a network of a name", "models.internal/8"],
		["brackets without an address", "[models]:80"],
		["brackets around IPv4", "[10.0.0.5]:80"],
		["an address out of range", "300.1.1.1"],
	])("refuses %s", (_, entry) => {
		expect(parseOutboundAllowance(entry)).toBeNull();
	});
});
