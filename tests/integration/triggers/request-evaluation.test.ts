import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/webhooks/evaluations/[backfillId]/route";
import { POST } from "@/app/api/v1/webhooks/evaluations/route";
import { type Engine, startEngine } from "@/inngest/embedded/engine";
import { db } from "@/lib/db/client";
import { createTrigger } from "@/lib/triggers/create-trigger";
import { newRule } from "@/tests/support/judging";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

// Takes what is announced and runs nothing.
let engine: Engine;
beforeAll(async () => {
	engine = await startEngine({ functions: [] });
});
afterAll(() => engine.stop());

const ORIGIN = "http://localhost";
const PATH = "/api/v1/webhooks/evaluations";
const TRACE = "0af7651916cd43dd8448eb211c80319c";

interface Started {
	id: string;
	status: string;
	statusUrl: string;
}

function signature(secret: string, body: string, timestamp = String(Math.floor(Date.now() / 1000))) {
	const hex = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
	return { "X-Spanwise-Timestamp": timestamp, "X-Spanwise-Signature": `v1=${hex}` };
}

function ask(body: string, headers: Record<string, string>): Promise<Response> {
	const init = { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } };
	return POST(new Request(`${ORIGIN}${PATH}`, init), { params: Promise.resolve({}) });
}

function look(statusUrl: string, headers: Record<string, string>): Promise<Response> {
	const backfillId = new URL(statusUrl, ORIGIN).pathname.split("/").at(-1) ?? "";
	return GET(new Request(`${ORIGIN}${statusUrl}`, { headers }), { params: Promise.resolve({ backfillId }) });
}

async function newTrigger() {
	const project = await newProject();
	const secret = (await createTrigger(project.id, { name: "ci" })).secret.reveal();
	return { project, secret };
}

describe(`POST ${PATH}`, () => {
	it("starts once what was signed once, however often it is sent, and tells how far it is", async () => {
		const { project, secret } = await newTrigger();
		const body = JSON.stringify({ projectId: project.id, traceId: TRACE });
		const headers = signature(secret, body);
		const [first, again] = [await ask(body, headers), await ask(body, headers)];
		const started = (await first.json()) as Started;
		expect(first.status).toBe(202);
		expect(started).toEqual({
			id: expect.any(String),
			status: "RUNNING",
			statusUrl: `${PATH}/${started.id}?projectId=${project.id}`,
		});
		expect(await again.json()).toMatchObject({ id: started.id });
		expect(await db().backfill.findMany({ where: { projectId: project.id } })).toMatchObject([
			{ traceId: TRACE, ruleId: null, anew: false },
		]);
		const progress = await look(started.statusUrl, signature(secret, ""));
		expect([progress.status, Object.keys((await progress.json()) as object)]).toEqual([
			200,
			["id", "status", "matched", "planned", "ended", "failed", "overBudget", "open"],
		]);
	});

	it("takes one rule over a time range", async () => {
		const { project, secret } = await newTrigger();
		const ruleId = (await newRule(project)).id;
		const range = { from: "2026-05-01T00:00:00.000Z", to: "2026-05-02T00:00:00.000Z" };
		const body = JSON.stringify({ projectId: project.id, ruleId, ...range, anew: true });
		expect((await ask(body, signature(secret, body))).status).toBe(202);
		const [row] = await db().backfill.findMany({ where: { projectId: project.id } });
		expect(row).toMatchObject({
			ruleId,
			traceId: null,
			anew: true,
			from: new Date(range.from),
			to: new Date(range.to),
		});
	});

	it("starts nothing that is not signed, signed for another project, too old, or not to be read", async () => {
		const [mine, other] = [await newTrigger(), await newTrigger()];
		const body = JSON.stringify({ projectId: mine.project.id, traceId: TRACE });
		const old = String(Math.floor(Date.now() / 1000) - 301);
		const strange = JSON.stringify({ projectId: randomUUID(), traceId: TRACE });
		const empty = JSON.stringify({ projectId: mine.project.id });
		const packed = { ...signature(mine.secret, body), "Content-Encoding": "gzip" };
		const answers = [
			await ask(body, {}),
			await ask(body, signature(other.secret, body)),
			await ask(body, signature(mine.secret, body, old)),
			await ask(strange, signature(mine.secret, strange)),
			await ask(empty, signature(mine.secret, empty)),
			await ask("{", signature(mine.secret, "{")),
			await ask(body, packed),
		];
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 400, 400, 415]);
		expect(await db().backfill.count({ where: { projectId: mine.project.id } })).toBe(0);
	});
});

describe(`GET ${PATH}/{id}`, () => {
	it("shows it to who signed for its project only", async () => {
		const [mine, other] = [await newTrigger(), await newTrigger()];
		const body = JSON.stringify({ projectId: mine.project.id, traceId: TRACE });
		const { id, statusUrl } = (await (await ask(body, signature(mine.secret, body))).json()) as Started;
		expect((await look(statusUrl, signature(other.secret, ""))).status).toBe(401);
		const elsewhere = `${PATH}/${id}?projectId=${other.project.id}`;
		expect((await look(elsewhere, signature(other.secret, ""))).status).toBe(404);
		expect((await look(`${PATH}/${id}`, signature(mine.secret, ""))).status).toBe(400);
	});
});
