import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ConnectionInput } from "@/lib/connections/connection";
import { createConnection } from "@/lib/connections/create-connection";
import { deleteConnection } from "@/lib/connections/delete-connection";
import { getConnection } from "@/lib/connections/get-connection";
import { listConnections } from "@/lib/connections/list-connections";
import { openConnection } from "@/lib/connections/open-connection";
import { testConnection } from "@/lib/connections/test-connection";
import { updateConnection } from "@/lib/connections/update-connection";
import { db } from "@/lib/db/client";
import { failure } from "@/tests/support/failure";
import { startFakeJudge } from "@/tests/support/fake-judge";
import { JUDGE_KEY, newConnection, newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();
afterEach(() => vi.unstubAllEnvs());

const ABSENT = "00000000-0000-7000-8000-000000000000";
const VARIABLE = "SPANWISE_TEST_JUDGE_KEY";
const row = (id: string) => db().connection.findUniqueOrThrow({ where: { id } });

function input(changes: Partial<ConnectionInput> & { name: string }): ConnectionInput {
	const rest = { protocol: undefined, apiKey: undefined, credentialRef: undefined };
	return { baseUrl: "https://judge.example/v1", model: "m", ...rest, ...changes };
}

describe("connection verbs", () => {
	it("never return a key, and keep it sealed at rest", async () => {
		const connection = await newConnection();
		const shown = [
			connection,
			await getConnection(connection.id),
			await listConnections(),
			await updateConnection(connection.id, input({ name: connection.name })),
			await openConnection(connection.id),
			await row(connection.id),
		];
		for (const value of shown) {
			expect(JSON.stringify(value) + inspect(value, { depth: 9 })).not.toContain(JUDGE_KEY);
		}
		expect(connection).toMatchObject({ hasInlineKey: true, credentialRef: null, protocol: "RESPONSES" });
		expect(Object.keys(connection).sort()).toEqual(
			[
				...["baseUrl", "createdAt", "credentialRef", "hasInlineKey", "id", "model", "name", "protocol"],
				...["blockedAt", "blockedReason", "maxConcurrency", "requestsPerMinute"],
			].sort(),
		);
		expect((await openConnection(connection.id)).key.reveal()).toBe(JUDGE_KEY);
	});

	it("want exactly one credential at creation and at most one at update", async () => {
		for (const credentials of [{}, { apiKey: "a", credentialRef: "B" }]) {
			expect(await failure(() => createConnection(input({ name: "x", ...credentials })))).toMatchObject({
				code: "invalid_input",
				message: "exactly one of apiKey or credentialRef must be set",
			});
		}
		const { id, name } = await newConnection();
		const both = input({ name, apiKey: "a", credentialRef: "B" });
		expect((await failure(() => updateConnection(id, both))).code).toBe("invalid_input");
	});

	it("keep protocol and credential at an update that names none", async () => {
		const { id, name } = await newConnection({ protocol: "CHAT_COMPLETIONS" });
		const updated = await updateConnection(id, input({ name, model: "newer", baseUrl: "https://other.example/v2//" }));
		expect(updated).toMatchObject({ model: "newer", protocol: "CHAT_COMPLETIONS", hasInlineKey: true });
		const open = await openConnection(id);
		expect(open).toMatchObject({ model: "newer", protocol: "CHAT_COMPLETIONS", baseUrl: "https://other.example/v2" });
		expect(open.key.reveal()).toBe(JUDGE_KEY);
	});

	it("clear the credential of the other kind when it is switched, both ways", async () => {
		const { id, name } = await newConnection();
		expect(await updateConnection(id, input({ name, credentialRef: VARIABLE }))).toMatchObject({
			hasInlineKey: false,
			credentialRef: VARIABLE,
		});
		expect((await row(id)).sealedKey).toBeNull();
		await updateConnection(id.toUpperCase(), input({ name, apiKey: "sk-second" }));
		expect(await getConnection(id)).toMatchObject({ hasInlineKey: true, credentialRef: null });
		expect((await openConnection(id)).key.reveal()).toBe("sk-second");
	});

	it("refuse a name that is taken and do not find what is not there", async () => {
		const [one, two] = [await newConnection(), await newConnection()];
		const taken = input({ name: one.name, apiKey: "k" });
		for (const conflict of [() => createConnection(taken), () => updateConnection(two.id, taken)]) {
			expect((await failure(conflict)).code).toBe("conflict");
		}
		for (const id of [ABSENT, "judge", ""]) {
			for (const verb of [
				() => getConnection(id),
				() => updateConnection(id, input({ name: "n" })),
				() => deleteConnection(id),
			]) {
				expect(await failure(verb)).toMatchObject({ code: "not_found", message: "LLM connection not found" });
			}
		}
	});

	it("refuse to delete what rules use, naming them", async () => {
		const connection = await newConnection();
		const [project, other] = [await newProject(), await newProject()];
		const rule = await newRule(project, { connectionId: connection.id, name: "b rule" });
		await newRule(other, { connectionId: connection.id, name: "a rule" });
		expect(await failure(() => deleteConnection(connection.id))).toMatchObject({
			code: "conflict",
			message: 'The LLM connection is used by the rules "a rule", "b rule": change or delete them first',
		});
		await db().rule.deleteMany({ where: { connectionId: rule.connectionId } });
		await deleteConnection(connection.id);
		expect((await failure(() => getConnection(connection.id))).code).toBe("not_found");
	});
});

describe("openConnection()", () => {
	it("does not open a key that was copied to another row", async () => {
		const [one, two] = [await newConnection(), await newConnection()];
		await db().connection.update({ where: { id: two.id }, data: { sealedKey: (await row(one.id)).sealedKey } });
		expect(await failure(() => openConnection(two.id))).toMatchObject({ code: "conflict", retryable: false });
	});

	it("reads a referenced variable at each call", async () => {
		const { id } = await newConnection({ credentialRef: VARIABLE });
		const error = await failure(() => openConnection(id));
		expect(error).toMatchObject({ code: "conflict", retryable: false });
		expect(error.message).toContain(VARIABLE);
		for (const value of ["sk-first", "sk-second"]) {
			vi.stubEnv(VARIABLE, value);
			expect((await openConnection(id)).key.reveal()).toBe(value);
		}
	});
});

describe("testConnection()", () => {
	it("tells success and failure as a result, without the key", async () => {
		const judge = await startFakeJudge((_, earlier) =>
			earlier === 0 ? { text: "ready" } : { echoAuthorization: 401 },
		);
		const { id } = await newConnection({ baseUrl: judge.url });
		expect(await testConnection(id)).toMatchObject({ ok: true, message: "judge-model answered" });
		const refused = await testConnection(id);
		await judge.close();
		expect(refused.ok).toBe(false);
		expect(refused.message).toMatch(/^The model answered HTTP 401: /);
		expect(refused.message).not.toContain(JUDGE_KEY);
		const echoed = await startFakeJudge(() => ({ status: 400, body: `{"error":{"message":"bad ${JUDGE_KEY}"}}` }));
		const careless = await newConnection({ baseUrl: echoed.url });
		expect((await testConnection(careless.id)).message).toBe("The model answered HTTP 400: bad [redacted]");
		await echoed.close();
		const closed = await newConnection({ baseUrl: "http://169.254.169.254/v1" });
		expect(await testConnection(closed.id)).toMatchObject({
			ok: false,
			message: expect.stringMatching(/^This server does not call .* SPANWISE_OUTBOUND_ALLOW$/),
		});
		expect(await testConnection(ABSENT)).toMatchObject({ ok: false, message: "LLM connection not found" });
	});
});
