import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { deleteProject } from "@/lib/projects/delete-project";
import { createTrigger } from "@/lib/triggers/create-trigger";
import { deleteTrigger } from "@/lib/triggers/delete-trigger";
import { listTriggers } from "@/lib/triggers/list-triggers";
import { verifyRequest } from "@/lib/triggers/verify-request";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

const ABSENT = "00000000-0000-7000-8000-000000000000";
const NOW = new Date("2026-05-01T12:00:00Z");
const BODY = '{"projectId":"…","traceId":"0123"}';

/** A request as somebody outside signs it. */
function signed(secret: string, { body = BODY, at = NOW, sign = true } = {}) {
	const timestamp = String(Math.floor(at.getTime() / 1000));
	const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
	const headers = new Headers({ "X-Spanwise-Timestamp": timestamp });
	if (sign) headers.set("X-Spanwise-Signature", `v1=${signature}`);
	return { headers, body: Buffer.from(body) };
}

async function newTrigger() {
	const project = await newProject();
	const { trigger, secret } = await createTrigger(project.id, { name: "ci" });
	return { project, trigger, secret: secret.reveal() };
}

describe("trigger verbs", () => {
	it("create, list and delete, and show the secret once only", async () => {
		const project = await newProject();
		const { trigger, secret } = await createTrigger(project.id, { name: "ci" });
		expect(trigger).toEqual({
			id: trigger.id,
			projectId: project.id,
			name: "ci",
			lastUsedAt: null,
			createdAt: expect.any(Date),
		});
		expect(secret.reveal()).toMatch(/^swt_[\w-]{43}$/);
		const row = await db().evaluationTrigger.findUniqueOrThrow({ where: { id: trigger.id } });
		for (const shown of [trigger, secret, row, await listTriggers(project.id)]) {
			expect(JSON.stringify(shown) + inspect(shown)).not.toContain(secret.reveal());
		}
		expect(await listTriggers(project.id)).toEqual([trigger]);
		await deleteTrigger(project.id, trigger.id);
		expect(await listTriggers(project.id)).toEqual([]);
	});

	it("do not find another project's, an unknown one or what is no id", async () => {
		const { project, trigger } = await newTrigger();
		const mine = await newProject();
		for (const id of [trigger.id, ABSENT, "trigger", ""]) {
			expect(await failure(() => deleteTrigger(mine.id, id))).toMatchObject({ message: "Trigger not found" });
		}
		expect(await listTriggers(project.id)).toEqual([trigger]);
		expect(await failure(() => createTrigger(ABSENT, { name: "ci" }))).toMatchObject({ message: "Project not found" });
		await deleteProject(project.id);
		expect(await listTriggers(project.id)).toEqual([]);
	});
});

describe("verifyRequest()", () => {
	it("lets through what any trigger of the project signed, and notes when", async () => {
		const { project, trigger, secret } = await newTrigger();
		const other = await createTrigger(project.id, { name: "other" });
		for (const key of [secret, other.secret.reveal()]) {
			await verifyRequest({ ...signed(key), projectId: project.id, now: NOW });
		}
		const triggers = await listTriggers(project.id);
		expect(triggers.map(({ lastUsedAt }) => lastUsedAt)).toEqual([NOW, NOW]);
		expect(triggers[0]?.id).toBe(trigger.id);
	});

	it("gives the same request the same identity, and every other one another", async () => {
		const { project, secret } = await newTrigger();
		const identity = async (request: ReturnType<typeof signed>, now = NOW) =>
			(await verifyRequest({ ...request, projectId: project.id, now })).requestId;
		const once = await identity(signed(secret));
		expect(await identity(signed(secret), new Date(NOW.getTime() + 60_000))).toBe(once);
		const shouted = signed(secret);
		shouted.headers.set("X-Spanwise-Signature", `v1=${once.split(":")[1]?.toUpperCase()}`);
		expect(await identity(shouted)).toBe(once);
		expect(await identity(signed(secret, { body: `${BODY} ` }))).not.toBe(once);
		expect(await identity(signed(secret, { at: new Date(NOW.getTime() + 1000) }))).not.toBe(once);
	});

	it.each([-299, 299])("takes a clock that is %i seconds off", async (seconds) => {
		const { project, secret } = await newTrigger();
		const request = signed(secret, { at: new Date(NOW.getTime() + seconds * 1000) });
		await verifyRequest({ ...request, projectId: project.id, now: NOW });
	});

	it("refuses everything else, saying what is wrong with the request", async () => {
		const { project, secret } = await newTrigger();
		const stranger = await newTrigger();
		const refusal = async (request: ReturnType<typeof signed>, projectId = project.id) => {
			const error = await failure(() => verifyRequest({ ...request, projectId, now: NOW }));
			expect(error.code).toBe("unauthenticated");
			return error.publicMessage;
		};
		const unfit = "X-Spanwise-Signature fits no trigger of that project";
		const late = "X-Spanwise-Timestamp is more than five minutes away from this server's clock";
		for (const minutes of [-6, 6]) {
			expect(await refusal(signed(secret, { at: new Date(NOW.getTime() + minutes * 60_000) }))).toBe(late);
		}
		expect(await refusal(signed("swt_wrong"))).toBe(unfit);
		expect(await refusal(signed(stranger.secret))).toBe(unfit);
		expect(await refusal({ ...signed(secret), body: Buffer.from(`${BODY} `) })).toBe(unfit);
		const moved = signed(secret);
		moved.headers.set("X-Spanwise-Timestamp", String(NOW.getTime() / 1000 + 1));
		expect(await refusal(moved)).toBe(unfit);
		// A project that nobody has sounds like one with other triggers, and one without any.
		for (const projectId of [ABSENT, (await newProject()).id, "project"]) {
			expect(await refusal(signed(secret), projectId)).toBe(unfit);
		}
		expect(await refusal(signed(secret, { sign: false }))).toMatch(/are required$/);
		const odd = signed(secret);
		odd.headers.set("X-Spanwise-Timestamp", "soon");
		expect(await refusal(odd)).toBe("X-Spanwise-Timestamp must be unix seconds");
		for (const signature of ["abc", "v2=".padEnd(67, "0"), "v1=".padEnd(66, "0"), "v1=".padEnd(67, "g")]) {
			const bad = signed(secret);
			bad.headers.set("X-Spanwise-Signature", signature);
			expect(await refusal(bad)).toBe("X-Spanwise-Signature must be v1= and 64 hex digits");
		}
	});

	it("passes over a trigger whose secret cannot be opened, and says nothing of it", async () => {
		const { project, trigger, secret } = await newTrigger();
		const other = await createTrigger(project.id, { name: "other" });
		await db().evaluationTrigger.update({ where: { id: trigger.id }, data: { sealedSecret: "v1:AAAA" } });
		const check = (key: string) => verifyRequest({ ...signed(key), projectId: project.id, now: NOW });
		expect((await check(other.secret.reveal())).requestId).toContain(other.trigger.id);
		expect(await failure(() => check(secret))).toMatchObject({
			code: "unauthenticated",
			message: "X-Spanwise-Signature fits no trigger of that project",
		});
	});

	it("knows no trigger that was deleted", async () => {
		const { project, trigger, secret } = await newTrigger();
		await deleteTrigger(project.id, trigger.id);
		const verify = () => verifyRequest({ ...signed(secret), projectId: project.id, now: NOW });
		expect((await failure(verify)).code).toBe("unauthenticated");
	});
});
