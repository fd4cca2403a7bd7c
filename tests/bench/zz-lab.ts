import { startClickhouse } from "@/lib/local/start-clickhouse";
import { writeFileSync } from "node:fs";
const c = await startClickhouse({ dataDir: "/tmp/bench-lab" });
writeFileSync("/tmp/bench-lab.url", c.url);
process.on("SIGTERM", () => void c.stop().then(() => process.exit(0)));
setInterval(() => undefined, 1000);
