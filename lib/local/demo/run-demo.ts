import { createDemoProject, DEMO_PROJECT } from "@/lib/local/demo/create-demo-project";
import { JUDGE_NAME } from "@/lib/local/demo/scripted-judge";
import { MODEL_NAME } from "@/lib/local/demo/scripted-model";
import { startScriptedServer } from "@/lib/local/demo/scripted-server";
import { startAgent } from "@/lib/local/demo/start-agent";

const BURST = 25;
const BURST_DELAY_MS = 400;
const DELAY_MS = 4000;
/** After the burst, a line for each of so many conversations. */
const LINE_EVERY = 50;

interface Options {
	/** Address of the running server. */
	url: string;
	/** The server's admin key, where one is configured. */
	apiKey?: string | undefined;
	report(line: string): void;
}

/**
 * Fills the running server with scripted traffic: a project with rules, a scripted model and judge on loopback, and an
 * instrumented sample agent that talks to the model and exports its traces over OTLP until it is stopped.
 */
export async function runDemo({ url, apiKey, report }: Options): Promise<{ stop(): Promise<void> }> {
	const say = (line: string) => report(`demo: ${line}`);
	const scripted = await startScriptedServer();
	try {
		const projectId = await createDemoProject({ url, apiKey }, scripted.url);
		say(`everything here is scripted: ${MODEL_NAME}, ${JUDGE_NAME} and the customers of project ${DEMO_PROJECT}`);
		const agent = startAgent(
			{
				serverUrl: url,
				apiKey,
				project: DEMO_PROJECT,
				modelUrl: scripted.url,
				burst: BURST,
				burstDelayMs: BURST_DELAY_MS,
				delayMs: DELAY_MS,
			},
			{ onSent: progressLines(`${url}/p/${projectId}/traces`, say), report: say },
		);
		return {
			async stop() {
				await agent.stop();
				await scripted.stop();
			},
		};
	} catch (error) {
		await scripted.stop();
		throw error;
	}
}

/** Tells of the middle and the end of the burst, then now and then. */
function progressLines(tracesUrl: string, say: (line: string) => void): (conversations: number) => void {
	let next = Math.ceil(BURST / 2);
	let hinted = false;
	return (conversations) => {
		if (conversations < next) return;
		next = conversations < BURST ? BURST : (Math.floor(conversations / LINE_EVERY) + 1) * LINE_EVERY;
		say(`${conversations} conversations sent`);
		if (hinted || conversations < BURST) return;
		hinted = true;
		say(`one more every ${DELAY_MS / 1000} s until you press Ctrl-C; traces and scores: ${tracesUrl}`);
	};
}
