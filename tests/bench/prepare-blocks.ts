import { createClient } from "@clickhouse/client";
import { z } from "zod";
import type { Preparation } from "@/tests/bench/load";
import { type ReusableBody, reusableBody } from "@/tests/bench/reusable-body";

type Blocks = Extract<Preparation, { kind: "blocks" }>;

const Column = z.object({ name: z.string() });
const Ids = z.object({ trace_id: z.string(), span_id: z.string(), parent_span_id: z.string() });
/** First in the row, so that the ids are found in this order. */
const ID_COLUMNS = ["trace_id", "span_id", "parent_span_id"];
const ROWS_READ = 10_000;

/**
 * Blocks of the rows that are stored, as whole insert requests: what is left to ClickHouse when nobody decodes, derives or
 * encodes anything. All columns but the arrival, which ClickHouse sets.
 */
export async function prepareBlocks({ clickhouseUrl, projectId, blocks, rowsEach, settings = {} }: Blocks): Promise<{
	bodies: ReusableBody[];
	bytes: number;
}> {
	const client = createClient({ url: clickhouseUrl });
	try {
		const read = async <Row>(query: string, row: z.ZodType<Row>) => {
			const answer = await client.query({ query, query_params: { projectId }, format: "JSONEachRow" });
			return z.array(row).parse(await answer.json());
		};
		const written = await read(
			`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'spans'
				AND default_kind NOT IN ('ALIAS', 'MATERIALIZED') AND name != 'inserted_at' ORDER BY position`,
			Column,
		);
		const others = written.map(({ name }) => name).filter((name) => !ID_COLUMNS.includes(name));
		const columns = [...ID_COLUMNS, ...others].join(", ");
		let bytes = 0;
		const bodies: ReusableBody[] = [];
		for (let block = 0; block < blocks; block++) {
			// In the order of arrival, as a writer gathers them.
			const rows = `FROM spans WHERE project_id = {projectId:String}
				ORDER BY inserted_at, start_unix_nano, span_id LIMIT ${rowsEach} OFFSET ${block * rowsEach}`;
			const ids = await read(`SELECT ${ID_COLUMNS.join(", ")} ${rows}`, Ids);
			if (ids.length < rowsEach) throw new Error(`${ids.length} rows are too few for a block of ${rowsEach}`);
			const answer = await client.exec({
				query: `SELECT ${columns} ${rows} FORMAT RowBinary`,
				query_params: { projectId },
				clickhouse_settings: { max_block_size: String(ROWS_READ) },
			});
			const parts: Buffer[] = [];
			for await (const part of answer.stream) parts.push(part as Buffer);
			const body = Buffer.concat(parts);
			bytes += body.length;
			const wire = Buffer.concat([insertHead(clickhouseUrl, { columns, settings, length: body.length }), body]);
			bodies.push(
				reusableBody(
					wire,
					ids.map((row) => [row.trace_id, row.span_id, row.parent_span_id].filter((id) => id !== "")),
					"hex",
				),
			);
		}
		return { bodies, bytes };
	} finally {
		await client.close();
	}
}

function insertHead(
	clickhouseUrl: string,
	{ columns, settings, length }: { columns: string; settings: Readonly<Record<string, string>>; length: number },
): Buffer {
	const { username, password, pathname } = new URL(clickhouseUrl);
	const query = new URLSearchParams({
		database: pathname.slice(1) || "default",
		query: `INSERT INTO spans (${columns}) FORMAT RowBinary`,
		async_insert: "0",
		...settings,
	});
	const head = [
		`POST /?${query} HTTP/1.1`,
		"Host: 127.0.0.1",
		`X-ClickHouse-User: ${decodeURIComponent(username) || "default"}`,
		`X-ClickHouse-Key: ${decodeURIComponent(password)}`,
		`Content-Length: ${length}`,
	];
	return Buffer.from(`${head.join("\r\n")}\r\n\r\n`);
}
