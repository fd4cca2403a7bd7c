import { createInterface } from "node:readline";
import OpenAI from "openai";
import { AgentOptions } from "@/lib/local/demo/agent-options";
import { startAgentTracing } from "@/lib/local/demo/agent-tracing";
import { pickConversation } from "@/lib/local/demo/conversations";
import { runConversation } from "@/lib/local/demo/support-agent";
import { sleep } from "@/lib/time";

// The process that is the sample agent. Its stdin brings the options as one line of JSON and ends with the supervisor,
// whatever ended that; its stdout says `sent <n>` whenever the server has taken more conversations.

const SHUTDOWN_MS_MAX = 1500;

const stopping = new AbortController();
const { signal } = stopping;
const options = await readOptions();

let sent = 0;
let complaint = "";
const tracing = startAgentTracing({
	...options,
	onExport(outcome) {
		if ("traces" in outcome) {
			complaint = "";
			sent += outcome.traces;
			if (outcome.traces > 0) console.log(`sent ${sent}`);
		} else if (outcome.error !== complaint && !signal.aborted) {
			complaint = outcome.error;
			console.error(`the server did not take the traces: ${complaint}`);
		}
	},
});
// No retries: what the traces show is what the scripted model did.
const client = new OpenAI({ baseURL: options.modelUrl, apiKey: "scripted-no-key-needed", maxRetries: 0 });

// Ctrl-C and a closed terminal reach the whole process group; the supervisor says when it is this one's turn.
process.on("SIGINT", () => undefined);
process.on("SIGHUP", () => undefined);
process.on("SIGTERM", () => stopping.abort());

for (let number = 1; !signal.aborted; number++) {
	// A conversation that fails is told by its own trace.
	void runConversation(client, pickConversation(number)).catch(() => undefined);
	await sleep(number < options.burst ? options.burstDelayMs : options.delayMs, signal);
}
await Promise.race([tracing.shutdown().catch(() => undefined), sleep(SHUTDOWN_MS_MAX)]);
process.exit(0);

function readOptions(): Promise<AgentOptions> {
	const lines = createInterface({ input: process.stdin });
	lines.on("close", () => stopping.abort());
	return new Promise((resolve, reject) => {
		lines.once("line", (line) => resolve(AgentOptions.parse(JSON.parse(line))));
		lines.once("close", () => reject(new Error("no options came")));
	});
}
