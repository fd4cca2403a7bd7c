import { afterEach, describe, expect, it, vi } from "vitest";
import { credentialFromEnv, ENV_KEYS, isBuilding, parseEnv, supervisorPid } from "@/lib/env";
import { thrown } from "@/tests/support/failure";

const mistakes = (source: Record<string, string>) => thrown(() => parseEnv(source)).publicMessage.split("\n");

afterEach(() => vi.unstubAllEnvs());

describe("parseEnv()", () => {
	it("needs nothing and gives the documented defaults", () => {
		expect(parseEnv({})).toEqual({
			PORT: 8080,
			HOST: "127.0.0.1",
			SPANWISE_DATA_DIR: ".spanwise",
			SPANWISE_TRACE_RETENTION_DAYS: 30,
			SPANWISE_TRACE_SWEEP_INTERVAL_MS: 3_600_000,
			SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: 3,
			SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: 600_000,
			SPANWISE_JUDGE_TIMEOUT_MS: 60_000,
		});
	});

	it("takes an empty variable for an unset one", () => {
		expect(parseEnv(Object.fromEntries(ENV_KEYS.map((key) => [key, ""])))).toEqual(parseEnv({}));
	});

	it.each([
		["PORT", "eighty"],
		["PORT", "70000"],
		["PORT", "80.5"],
		["CLICKHOUSE_URL", "localhost:8123"],
		["CLICKHOUSE_URL", "ftp://host"],
		["DATABASE_URL", "mysql://host/db"],
		["INNGEST_BASE_URL", "nowhere"],
		["INNGEST_SERVE_ORIGIN", "https://app.example.com/api/inngest"],
		["INNGEST_SERVE_ORIGIN", "*"],
		["SPANWISE_TRACE_RETENTION_DAYS", "0"],
		["SPANWISE_TRACE_RETENTION_DAYS", "for ever"],
		["SPANWISE_TRACE_SWEEP_INTERVAL_MS", "5"],
		["SPANWISE_TRACE_EVAL_MAX_ATTEMPTS", "0"],
		["SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS", "1.5"],
		["HOST", "  "],
		["SPANWISE_CORS_ORIGINS", "app.example.com"],
		["SPANWISE_CORS_ORIGINS", "https://app.example.com/path"],
		["SPANWISE_CORS_ORIGINS", "https://app.example.com,,http://localhost:3000"],
		["SPANWISE_CORS_ORIGINS", "https://*.example.com"],
		["SPANWISE_OUTBOUND_ALLOW", "http://models.internal"],
		["SPANWISE_OUTBOUND_ALLOW", "models.internal,,10.0.0.0/8"],
		["SPANWISE_OUTBOUND_ALLOW", "*.internal"],
		["SPANWISE_OUTBOUND_ALLOW", "models.internal:0"],
		["SPANWISE_OUTBOUND_ALLOW", "10.0.0.0/33"],
	])("names %s=%s in one sentence", (key, value) => {
		const found = mistakes({ [key]: value });
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(new RegExp(`^${key}: .+[^.]\\.$`));
	});

	it("reads origins as a list, in the form that browsers send", () => {
		const origins = (value: string) => parseEnv({ SPANWISE_CORS_ORIGINS: value }).SPANWISE_CORS_ORIGINS;
		expect(origins("*")).toEqual(["*"]);
		expect(origins("https://app.example.com , http://localhost:3000")).toEqual([
			"https://app.example.com",
			"http://localhost:3000",
		]);
	});

	it("reads what may be called as a list of hosts and networks", () => {
		const { SPANWISE_OUTBOUND_ALLOW } = parseEnv({ SPANWISE_OUTBOUND_ALLOW: "Models.Internal:8000 , 10.0.0.0/8" });
		expect(SPANWISE_OUTBOUND_ALLOW).toEqual([
			{ kind: "host", host: "models.internal", port: 8000 },
			{ kind: "network", address: "10.0.0.0", prefix: 8, port: null },
		]);
	});

	it("names every mistake at once", () => {
		const found = mistakes({ PORT: "x", DATABASE_URL: "y", SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: "z" });
		expect(found.map((sentence) => sentence.split(":")[0])).toEqual([
			"PORT",
			"DATABASE_URL",
			"SPANWISE_TRACE_EVAL_MAX_ATTEMPTS",
		]);
	});

	it("never quotes a secret", () => {
		for (const key of ["DATABASE_URL", "CLICKHOUSE_URL"]) {
			expect(mistakes({ [key]: "hunter2 is my password" }).join()).not.toContain("hunter2");
		}
	});

	it("reads the aliases, our own name first", () => {
		const aliased = {
			DOKIMOS_API_KEY: "alias",
			DOKIMOS_TRACE_RETENTION_DAYS: "7",
			DOKIMOS_TRACE_SWEEP_INTERVAL_MS: "2000",
			DOKIMOS_TRACE_EVAL_MAX_ATTEMPTS: "5",
			DOKIMOS_TRACE_EVAL_CLAIM_TIMEOUT_MS: "1000",
		};
		expect(parseEnv(aliased)).toMatchObject({
			SPANWISE_API_KEY: "alias",
			SPANWISE_TRACE_RETENTION_DAYS: 7,
			SPANWISE_TRACE_SWEEP_INTERVAL_MS: 2000,
			SPANWISE_TRACE_EVAL_MAX_ATTEMPTS: 5,
			SPANWISE_TRACE_EVAL_CLAIM_TIMEOUT_MS: 1000,
		});
		expect(parseEnv({ ...aliased, SPANWISE_API_KEY: "own" }).SPANWISE_API_KEY).toBe("own");
	});

	it("refuses an address that others can reach unless a key is configured", () => {
		for (const HOST of ["0.0.0.0", "::", "192.168.1.5", "spanwise.example"]) {
			expect(mistakes({ HOST }).join()).toMatch(/^HOST is .+ set SPANWISE_API_KEY or keep HOST on 127\.0\.0\.1\.$/);
			expect(parseEnv({ HOST, SPANWISE_API_KEY: "key" }).HOST).toBe(HOST);
			expect(parseEnv({ HOST, DOKIMOS_API_KEY: "key" }).HOST).toBe(HOST);
		}
		for (const HOST of ["127.0.0.1", "localhost", "::1"]) expect(parseEnv({ HOST }).HOST).toBe(HOST);
	});

	it("wants both Inngest keys or neither", () => {
		expect(mistakes({ INNGEST_EVENT_KEY: "a" })).toEqual(mistakes({ INNGEST_SIGNING_KEY: "b" }));
		expect(parseEnv({ INNGEST_EVENT_KEY: "a", INNGEST_SIGNING_KEY: "b" }).INNGEST_EVENT_KEY).toBe("a");
	});
});

describe("what is read at call time", () => {
	it("follows the environment as it is now", () => {
		expect(credentialFromEnv("SPANWISE_TEST_CREDENTIAL")).toBeUndefined();
		vi.stubEnv("SPANWISE_TEST_CREDENTIAL", "later");
		expect(credentialFromEnv("SPANWISE_TEST_CREDENTIAL")).toBe("later");
		vi.stubEnv("SPANWISE_TEST_CREDENTIAL", "");
		expect(credentialFromEnv("SPANWISE_TEST_CREDENTIAL")).toBeUndefined();
		vi.stubEnv("SPANWISE_SUPERVISOR_PID", "12");
		expect(supervisorPid()).toBe(12);
		vi.stubEnv("SPANWISE_SUPERVISOR_PID", "none");
		expect(supervisorPid()).toBeUndefined();
		vi.stubEnv("NEXT_PHASE", "phase-production-build");
		expect(isBuilding()).toBe(true);
	});
});
