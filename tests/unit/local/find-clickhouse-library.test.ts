import { expect, it } from "vitest";
import { findClickhouseLibrary } from "@/lib/local/find-clickhouse-library";

it("findClickhouseLibrary() says which variable to set where there is no engine", () => {
	expect(() => findClickhouseLibrary("win32", "x64")).toThrow(
		/no embedded ClickHouse for win32-x64: set CLICKHOUSE_URL/,
	);
});
