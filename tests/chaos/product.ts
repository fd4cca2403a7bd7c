import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clickhouseFiles, clickhouseUrl } from "@/lib/local/clickhouse-config";
import { freePort } from "@/lib/local/free-port";
import { mountSmallDisk, type SmallDisk } from "@/tests/chaos/full-disk";
import { type App, createHome, startApp } from "@/tests/support/app-server";
import { childrenOf } from "@/tests/support/processes";

/** The product as a user runs it, on one data folder and one port for as long as the chaos lasts. */
export interface Product {
	url: string;
	/** Null when ClickHouse keeps its data where nobody may fill the disk. */
	disk: SmallDisk | null;
	/** Null while there is no such process, or none of ours. */
	webPid(): number | null;
	clickhousePid(): number | null;
	/** SIGKILL of the supervisor, which takes its children with it, and a new start. */
	killAndStart(): Promise<void>;
	/** SIGTERM and a new start; throws unless the exit code is 0. */
	restart(): Promise<void>;
	/** Of the ClickHouse that is there now. */
	clickhouseUrl(): string;
	/** Everything that was printed, of all starts. */
	log(): string;
	close(): Promise<void>;
}

export async function openProduct(): Promise<Product> {
	const home = await createHome();
	const embedded = home.env.CLICKHOUSE_URL === undefined;
	const disk = embedded ? mountSmallDisk(join(home.dataDir, "clickhouse")) : null;
	const port = await freePort();
	const logs: string[] = [];
	const start = () => startApp({ home, port });
	let app: App = await start().catch(async (error: unknown) => {
		disk?.unmount();
		await home.remove();
		throw error;
	});
	let running = true;

	async function startAgain(): Promise<void> {
		running = false;
		logs.push(app.log());
		app = await start();
		running = true;
	}

	return {
		url: app.url,
		disk,
		webPid: () => pidOrNull(app.webPid),
		clickhousePid: () => (embedded ? pidOrNull(app.clickhousePid) : null),
		async killAndStart() {
			await app.kill();
			await startAgain();
		},
		async restart() {
			const code = await app.stop();
			if (code !== 0) throw new Error(`SIGTERM ended the supervisor with exit code ${code}`);
			await startAgain();
		},
		clickhouseUrl() {
			if (home.env.CLICKHOUSE_URL) return home.env.CLICKHOUSE_URL;
			const host = childrenOf(app.pid).find(({ command }) => command.includes("clickhouse-host"));
			const at = Number(host?.command.split(" ").at(-1));
			return clickhouseUrl(at, readFileSync(clickhouseFiles(home.dataDir).password, "utf8").trim(), "spanwise");
		},
		log: () => [...logs, app.log()].join("\n"),
		async close() {
			if (running) await app.stop();
			disk?.unmount();
			await home.remove();
		},
	};
}

function pidOrNull(read: () => number): number | null {
	try {
		return read();
	} catch {
		return null;
	}
}
