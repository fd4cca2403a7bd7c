import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAiModule } from "@/app/p/[project]/traces/sample-commands";
import { projectRoot } from "@/lib/local/project-root";
import { decodeTraces } from "@/lib/otlp/decode-traces";

const run = promisify(execFile);
const requests: { url: string; key: string | undefined; body: Buffer }[] = [];
const REPLY = {
	id: "1",
	object: "chat.completion",
	created: 1,
	model: "m",
	usage: { prompt_tokens: 3, completion_tokens: 1 },
	choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello." } }],
};
const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	requests.push({ url: request.url ?? "", key: request.headers.authorization, body: Buffer.concat(chunks) });
	response.setHeader("Content-Type", "application/json");
	response.end(request.url === "/v1/traces" ? "" : JSON.stringify(REPLY));
});

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => new Promise((done) => server.close(done)));

it("the shown module traces a call of the OpenAI SDK, with the project and the key of the reader's shell", async () => {
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const call = `const openai = new OpenAI({ apiKey: "k", baseURL: "${origin}/model" });
		await openai.chat.completions.create({ model: "m", messages: [{ role: "user", content: "Hi" }] });`;
	const program = openAiModule({ origin, projectName: `it's "shop"`, needsKey: true }) + call;
	await run(process.execPath, ["--input-type=module", "-e", program], {
		cwd: projectRoot,
		env: { ...process.env, SPANWISE_API_KEY: "sw_1" },
	});
	const sent = requests.find(({ url }) => url === "/v1/traces");
	expect(sent?.key).toBe("Bearer sw_1");
	const { spans, rejections } = decodeTraces("protobuf", sent?.body ?? Buffer.alloc(0));
	expect(rejections).toEqual([]);
	expect(spans[0]?.resource.attributes.get("spanwise.project")).toEqual({ stringValue: `it's "shop"` });
});
