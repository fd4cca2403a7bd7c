import { createServer } from "node:net";

/** A TCP port nobody listens on at the moment. Throws as `listen` does (EADDRINUSE, EACCES) when `wanted` is taken. */
export function freePort(host = "127.0.0.1", wanted = 0): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(wanted, host, () => {
			const address = server.address();
			const port = typeof address === "object" && address ? address.port : wanted;
			server.close(() => resolve(port));
		});
	});
}
