import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// The limit for single-span requests: a node:http server that reads the body and answers 200, and does nothing else. A
// process of its own; ends with its parent.

const server = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on("data", (part: Buffer) => parts.push(part));
	request.on("end", () => {
		const body = Buffer.concat(parts);
		response.writeHead(body.length > 0 ? 200 : 400, { "Content-Length": 0 });
		response.end();
	});
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
