import {
	createServer,
	request as httpRequest,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AppError, isAppError } from "@/lib/errors";
import { readIncoming } from "@/lib/http/read-body";
import type { Answer, Call, Endpoint } from "@/lib/receive/exchange";
import { hangFrontDoor } from "@/lib/receive/front-door";
import { eventually } from "@/tests/support/eventually";

const MIB = 1024 * 1024;
const LIMITS = { bodyBytesMax: MIB, inflatedBytesMax: MIB };

/** Tells how many bytes came, or why they did not. */
async function count(call: Call): Promise<Answer> {
	try {
		const body = await readIncoming(call, LIMITS);
		return told(200, `${call.method} ${body.length}`);
	} catch (error) {
		failures.push(error);
		return told(isAppError(error) && error.code === "payload_too_large" ? 413 : 400, "refused");
	}
}

function told(status: number, body: string): Answer {
	return { status, headers: { "Content-Type": "text/plain" }, body };
}

function endpoint(receive: Endpoint["receive"]): Endpoint {
	return { receive, allow: "POST", refuse: (_, error) => told(503, (error as AppError).publicMessage) };
}

let failures: unknown[] = [];
let server: Server;
let port: number;

beforeEach(async () => {
	failures = [];
	server = createServer((request: IncomingMessage, response: ServerResponse) => {
		request.resume().once("end", () => response.end(`next ${request.method} ${request.url}`));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
	vi.restoreAllMocks();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

function hang(receive: Endpoint["receive"] = count): () => void {
	return hangFrontDoor({ "/v1/traces": endpoint(receive) });
}

/** A front door that is open. */
function open(receive?: Endpoint["receive"]): void {
	hang(receive)();
}

async function post(path: string, body = "12345", init: RequestInit = {}): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body, ...init });
	return `${response.status} ${await response.text()}`;
}

/** A connection to write on by hand, with everything that came back. */
async function dial(): Promise<{ socket: Socket; received(): string; closed: Promise<void> }> {
	const socket = connect(port, "127.0.0.1");
	let text = "";
	socket.setEncoding("latin1").on("data", (chunk: string) => {
		text += chunk;
	});
	socket.on("error", () => undefined);
	const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
	await new Promise((resolve) => socket.once("connect", resolve));
	return { socket, received: () => text, closed };
}

function head(headers: string[], path = "/v1/traces"): string {
	return `${[`POST ${path} HTTP/1.1`, "Host: x", ...headers].join("\r\n")}\r\n\r\n`;
}

describe("the front door", () => {
	it("takes POST and OPTIONS on its paths and passes everything else on", async () => {
		open();
		expect(await post("/v1/traces")).toBe("200 POST 5");
		expect(await post("/v1/traces", undefined, { method: "OPTIONS", body: null })).toBe("200 OPTIONS 0");
		expect(await post("/v1/other")).toBe("200 next POST /v1/other");
		for (const method of ["GET", "PUT", "DELETE"]) {
			expect(await post("/v1/traces", undefined, { method, body: null })).toBe(`200 next ${method} /v1/traces`);
		}
	});

	it.each(["/v1/traces/", "//v1/traces", "/v1/traces?a=b", "/v1/traces/?a=b"])("finds %s", async (path) => {
		open();
		expect(await post(path)).toBe("200 POST 5");
	});

	it.each(["/v1/tracesx", "/x/v1/traces", "/v1//traces", "/V1/traces", "/", "/?/v1/traces"])(
		"leaves %s",
		async (path) => {
			open();
			expect(await post(path)).toContain("200 next POST");
		},
	);

	it("is one door however often it is hung, the last one", async () => {
		let calls = 0;
		open(async () => told(200, "first"));
		open(async () => {
			calls += 1;
			return told(200, "last");
		});
		expect(await post("/v1/traces")).toBe("200 last");
		expect(calls).toBe(1);
	});

	it("starts what may wait only after the answer is written, and answers without waiting for it", async () => {
		const steps: string[] = [];
		let finish: () => void = () => undefined;
		open(async () => ({
			...told(200, "done"),
			afterwards: () => {
				steps.push("afterwards");
				return new Promise<void>((resolve) => {
					finish = resolve;
				});
			},
		}));
		expect(await post("/v1/traces")).toBe("200 done");
		await eventually(() => expect(steps).toEqual(["afterwards"]));
		finish();
	});

	it("ends the connection when the answer fails to be made, and serves the next one", async () => {
		vi.spyOn(console, "error").mockImplementation(() => undefined);
		let broken = true;
		open(async (call) => {
			if (broken) throw new TypeError("a mistake of ours");
			return count(call);
		});
		await expect(post("/v1/traces")).rejects.toThrow();
		broken = false;
		expect(await post("/v1/traces")).toBe("200 POST 5");
	});
});

describe("while the process starts", () => {
	it("a call waits and is served once the door opens", async () => {
		const openUp = hang();
		const answer = post("/v1/traces");
		expect(await Promise.race([answer, pause(100)])).toBe("waiting");
		openUp();
		expect(await answer).toBe("200 POST 5");
	});

	it("a sender that is gone by then leaves nothing waiting", async () => {
		const openUp = hang();
		const { socket } = await dial();
		socket.write(head(["Content-Length: 10"]));
		await pause(50);
		socket.destroy();
		await pause(50);
		openUp();
		await eventually(() => expect(failures).toMatchObject([{ code: "invalid_input" }]));
	});
});

describe("bodies", () => {
	it("chunked ones are read to their end, whatever the pieces", async () => {
		open();
		const { socket, received } = await dial();
		socket.write(head(["Transfer-Encoding: chunked"]));
		for (const piece of ["3\r\nabc\r\n", "2\r", "\nde\r\n", "0\r\n\r\n"]) {
			socket.write(piece);
			await pause(5);
		}
		await eventually(() => expect(received()).toMatch(/^HTTP\/1.1 200.*POST 5$/s));
		socket.destroy();
	});

	it("a chunked one over the limit is refused while it still comes, and the connection stays good for the next", async () => {
		open();
		const { socket, received } = await dial();
		socket.write(head(["Transfer-Encoding: chunked"]));
		const piece = `10000\r\n${"x".repeat(0x10000)}\r\n`;
		for (let sent = 0; sent <= MIB; sent += 0x10000) socket.write(piece);
		await eventually(() => expect(received()).toMatch(/^HTTP\/1.1 413.*refused$/s));
		socket.write(`${piece}0\r\n\r\n`);
		socket.write(`${head(["Content-Length: 2"])}ab`);
		await eventually(() => expect(received()).toMatch(/HTTP\/1.1 413.*refused.*HTTP\/1.1 200.*POST 2$/s));
		socket.destroy();
	});

	it("a body nobody reads does not hang the connection, large or small", async () => {
		open(async () => told(503, "full"));
		for (const bytes of [0, 10, 20 * MIB]) {
			expect(await post("/v1/traces", "x".repeat(bytes))).toBe("503 full");
		}
	});

	it("one that never ends is given up after a bounded amount", async () => {
		open(async () => told(503, "full"));
		const { socket, received, closed } = await dial();
		socket.write(head(["Transfer-Encoding: chunked"]));
		const piece = Buffer.from(`100000\r\n${"x".repeat(MIB)}\r\n`);
		let sent = 0;
		const pump = () => {
			while (!socket.destroyed && socket.write(piece)) sent += 1;
		};
		socket.on("drain", pump);
		pump();
		await closed;
		expect(received()).toMatch(/^HTTP\/1.1 503/);
		expect(sent).toBeLessThan(100);
	});

	it("one cut off in the middle is told to the reader, and its connection is gone", async () => {
		open();
		const { socket } = await dial();
		socket.write(`${head(["Content-Length: 100"])}only some`);
		await pause(50);
		socket.destroy();
		await eventually(() => {
			expect(failures).toMatchObject([{ publicMessage: expect.stringContaining("ended before it was complete") }]);
		});
		await eventually(async () => expect(await connections()).toBe(0));
		expect(await post("/v1/traces")).toBe("200 POST 5");
	});

	it("one announced with Expect: 100-continue is asked for and read", async () => {
		open();
		const answer = await new Promise<string>((resolve, reject) => {
			const headers = { Expect: "100-continue", "Content-Length": 4 };
			const request = httpRequest({ port, host: "127.0.0.1", path: "/v1/traces", method: "POST", headers });
			request.on("continue", () => request.end("body"));
			request.on("response", (response) => {
				response.setEncoding("utf8").on("data", (text) => resolve(`${response.statusCode} ${text}`));
			});
			request.on("error", reject);
			request.flushHeaders();
		});
		expect(answer).toBe("200 POST 4");
	});
});

describe("connections", () => {
	it("are kept alive over answers and refusals", async () => {
		open();
		const { socket, received } = await dial();
		for (let time = 0; time < 3; time++) socket.write(`${head(["Content-Length: 1"])}x`);
		await eventually(() => expect(received().match(/HTTP\/1.1 200/g)).toHaveLength(3));
		expect(received()).toContain("Connection: keep-alive");
		expect(await connections()).toBe(1);
		socket.destroy();
	});

	it("are told to end once the server closes", async () => {
		let finish: (answer: Answer) => void = () => undefined;
		open(
			() =>
				new Promise<Answer>((resolve) => {
					finish = resolve;
				}),
		);
		const { socket, received, closed } = await dial();
		socket.write(`${head(["Content-Length: 1"])}x`);
		await pause(50);
		const closing = new Promise((resolve) => server.close(resolve));
		finish(told(200, "the last"));
		await closed;
		expect(received()).toMatch(/^HTTP.1.1 200.*Connection: close.*the last$/s);
		await closing;
		await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	});
});

function pause(ms: number): Promise<string> {
	return new Promise((resolve) => setTimeout(resolve, ms, "waiting"));
}

function connections(): Promise<number> {
	return new Promise((resolve, reject) => {
		server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
	});
}
