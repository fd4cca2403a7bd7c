import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { nodeArguments, projectRoot } from "@/lib/local/project-root";
import type { LoadOptions, LoadResult, Order, Preparation, Prepared, Report } from "@/tests/bench/load";

export interface LoadGenerator {
	pid: number;
	prepare(preparation: Preparation): Promise<Prepared>;
	/** `clock` is told when answers begin to count and when they no longer do. */
	load(options: LoadOptions, clock?: { started(): void; stopped(): void }): Promise<LoadResult>;
	stop(): void;
}

/** The load generator as a child process; one order at a time. */
export async function startLoadGenerator(): Promise<LoadGenerator> {
	const file = join(projectRoot, "tests/bench/load-generator.ts");
	const child: ChildProcess = fork(file, { execArgv: nodeArguments(file).slice(0, -1), cwd: projectRoot });
	await answer("ready");

	function ask(order: Order): void {
		child.send(order);
	}

	async function answer<Name extends Report["report"]>(
		name: Name,
		hear: (report: Report) => void = () => undefined,
	): Promise<Extract<Report, { report: Name }>> {
		return new Promise((resolve, reject) => {
			const settle = (finish: () => void) => {
				child.off("message", listen);
				child.off("exit", gone);
				finish();
			};
			const gone = (code: number | null, signal: string | null) =>
				settle(() => reject(new Error(`the load generator ended (${signal ?? `exit code ${code}`})`)));
			const listen = (report: Report) => {
				hear(report);
				if (report.report === name) settle(() => resolve(report as Extract<Report, { report: Name }>));
				else if (report.report === "failed") settle(() => reject(new Error(`the load generator: ${report.message}`)));
			};
			child.on("message", listen);
			child.once("exit", gone);
		});
	}

	return {
		pid: child.pid ?? 0,
		async prepare(preparation) {
			ask({ order: "prepare", preparation });
			return (await answer("prepared")).prepared;
		},
		async load(options, clock) {
			ask({ order: "load", options });
			const { result } = await answer("loaded", ({ report }) => {
				if (report === "clock started") clock?.started();
				if (report === "clock stopped") clock?.stopped();
			});
			return result;
		},
		stop() {
			if (child.connected) child.disconnect();
		},
	};
}
