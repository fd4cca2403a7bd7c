import { createServer } from "node:net";
import { expect, it } from "vitest";
import { requirePort } from "@/lib/local/web-server";

it("requirePort() names the port that is taken and the way out, and finds a free one for 0", async () => {
	const port = await requirePort("127.0.0.1", 0);
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	await expect(requirePort("127.0.0.1", port)).rejects.toThrow(
		`Port ${port} is already in use: stop the program that uses it, or choose another one with PORT=${port + 1}.`,
	);
	await new Promise((resolve) => server.close(resolve));
});
