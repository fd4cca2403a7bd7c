import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { randomHex } from "@/lib/ids";

const MIB = 1024 * 1024;
const MEMORY_BYTES_MAX = 4 * 1024 * MIB;
const MEMORY_SHARE = 0.4;
const OUTPUT_BYTES_MAX = 2 * MIB;
// This engine does not notice a disk that fills while it writes a part: it must refuse before it comes to that.
const FREE_BYTES_MIN = 256 * MIB;

/** Exit code of the host process when another one works in its folder. */
export const FOLDER_TAKEN = 75;

export interface ClickhouseFiles {
	/** Tables and parts; ClickHouse locks it through its `status` file. */
	data: string;
	config: string;
	users: string;
	password: string;
	/** What the server logs, warnings and errors only. */
	log: string;
	/** What the host process prints, such as why the engine gave up. */
	output: string;
}

/** Where the embedded ClickHouse keeps its files below a data folder. */
export function clickhouseFiles(dataDir: string): ClickhouseFiles {
	const folder = join(dataDir, "clickhouse");
	return {
		data: join(folder, "data"),
		config: join(folder, "config.xml"),
		users: join(folder, "users.xml"),
		password: join(folder, "password"),
		log: join(folder, "server.log"),
		output: join(folder, "host.log"),
	};
}

/** The address of the embedded server for its user; without `database` for statements that need none. */
export function clickhouseUrl(port: number, password: string, database = ""): string {
	return `http://spanwise:${password}@127.0.0.1:${port}/${database}`;
}

/** Writes the configuration of the embedded server, readable by its owner only, and returns the password it asks for. */
export function writeClickhouseConfig(dataDir: string): string {
	const files = clickhouseFiles(dataDir);
	mkdirSync(files.data, { recursive: true, mode: 0o700 });
	const password = keptPassword(files.password);
	writePrivate(files.users, usersXml(password));
	writePrivate(files.config, configXml(files, memoryBytes()));
	// ClickHouse rotates its log; the host's output is ours to bound.
	if (existsSync(files.output) && statSync(files.output).size > OUTPUT_BYTES_MAX) rmSync(files.output);
	return password;
}

function keptPassword(path: string): string {
	const kept = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
	const password = /^[0-9a-f]{64}$/.test(kept) ? kept : randomHex(32);
	writePrivate(path, `${password}\n`);
	return password;
}

function writePrivate(path: string, text: string): void {
	writeFileSync(path, text, { mode: 0o600 });
	chmodSync(path, 0o600); // `mode` only counts for a file that did not exist
}

function memoryBytes(): number {
	const limit = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
	return Math.floor(Math.min(MEMORY_BYTES_MAX, MEMORY_SHARE * Math.min(totalmem(), limit)));
}

// Background pools need no setting: hosted this way, ClickHouse creates the small ones of clickhouse-local.
// System log tables exist only when configured. `log-level` is what counts here, `logger.level` is overridden by it.
function configXml(files: ClickhouseFiles, serverMemoryBytes: number): string {
	return `<clickhouse>
	<log-level>warning</log-level>
	<logger>
		<log>${escapeXml(files.log)}</log>
		<size>5M</size>
		<count>2</count>
	</logger>
	<users_config>${escapeXml(files.users)}</users_config>
	<storage_configuration>
		<disks><default><keep_free_space_bytes>${FREE_BYTES_MIN}</keep_free_space_bytes></default></disks>
	</storage_configuration>
	<max_server_memory_usage>${serverMemoryBytes}</max_server_memory_usage>
	<mark_cache_size>${128 * MIB}</mark_cache_size>
	<index_mark_cache_size>${64 * MIB}</index_mark_cache_size>
	<primary_index_cache_size>${128 * MIB}</primary_index_cache_size>
	<uncompressed_cache_size>0</uncompressed_cache_size>
	<index_uncompressed_cache_size>0</index_uncompressed_cache_size>
	<text_index_tokens_cache_size>${32 * MIB}</text_index_tokens_cache_size>
	<text_index_header_cache_size>${32 * MIB}</text_index_header_cache_size>
	<text_index_postings_cache_size>${64 * MIB}</text_index_postings_cache_size>
	<vector_similarity_index_cache_size>${16 * MIB}</vector_similarity_index_cache_size>
	<query_condition_cache_size>${32 * MIB}</query_condition_cache_size>
	<compiled_expression_cache_size>${32 * MIB}</compiled_expression_cache_size>
</clickhouse>
`;
}

// The query that hosts the server always runs as `default` without a password. Its session takes the only one allowed to
// that user, so nobody can log in as `default` over HTTP, and its single privilege is to open the port.
function usersXml(password: string): string {
	return `<clickhouse>
	<profiles>
		<default/>
		<hosting><max_sessions_for_user>1</max_sessions_for_user></hosting>
	</profiles>
	<quotas><default/></quotas>
	<users>
		<default>
			<password></password>
			<networks><ip>127.0.0.1</ip></networks>
			<profile>hosting</profile>
			<quota>default</quota>
			<grants>
				<query>GRANT SYSTEM LISTEN ON *.*</query>
				<query>GRANT SELECT ON system.numbers</query>
			</grants>
		</default>
		<spanwise>
			<password>${password}</password>
			<networks><ip>127.0.0.1</ip><ip>::1</ip></networks>
			<profile>default</profile>
			<quota>default</quota>
		</spanwise>
	</users>
</clickhouse>
`;
}

function escapeXml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
