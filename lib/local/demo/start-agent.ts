import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { AgentOptions } from "@/lib/local/demo/agent-options";
import { keepAlive } from "@/lib/local/keep-alive";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";

const STOP_WAIT_MS = 3000;

interface Listeners {
	/** Told how many conversations the server has taken so far. */
	onSent(conversations: number): void;
	report(line: string): void;
}

/** Starts the sample agent as a process of its own, so that its instrumentation touches nothing else. */
export function startAgent(options: AgentOptions, listeners: Listeners): { stop(): Promise<void> } {
	const kept = keepAlive({
		name: "The sample agent",
		child: spawnAgent(options, listeners),
		spawn: () => spawnAgent(options, listeners),
		report: listeners.report,
	});
	return { stop: () => kept.stop((child) => child.stdin?.end(), STOP_WAIT_MS) };
}

function spawnAgent(options: AgentOptions, { onSent, report }: Listeners): ChildProcess {
	// Nothing else of the environment: no key, no proxy and no exporter setting of the user reaches the agent.
	const child = spawn(process.execPath, nodeArguments("lib/local/demo/agent.ts"), {
		cwd: projectRoot,
		env: { NODE_ENV: "production" },
		stdio: ["pipe", "pipe", "pipe"],
	});
	child.stdin.on("error", () => undefined).write(`${JSON.stringify(options)}\n`);
	createInterface({ input: child.stdout }).on("line", (line) => {
		const sent = /^sent (\d+)$/.exec(line)?.[1];
		if (sent) onSent(Number(sent));
		else report(line);
	});
	createInterface({ input: child.stderr }).on("line", report);
	return child;
}
