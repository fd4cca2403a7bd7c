import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";

export interface BareServer {
	url: string;
	pid: number;
	stop(): void;
}

/** The bare node:http server as a child process. */
export async function startBareServer(): Promise<BareServer> {
	const file = join(projectRoot, "tests/bench/bare-server.ts");
	const child = fork(file, { execArgv: nodeArguments(file).slice(0, -1), cwd: projectRoot });
	const [port] = await once(child, "message");
	return {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		stop: () => void (child.connected && child.disconnect()),
	};
}
