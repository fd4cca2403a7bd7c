import { readFilterText } from "@/lib/filter/filter-text";
import { listTraces } from "@/lib/traces/list-traces";

const [, , project = "", filter = "", text = ""] = process.argv;
const f = (s: string) => (s ? (readFilterText(s).filter ?? undefined) : undefined);
for (let i = 0; i < 3; i++) {
	const t = performance.now();
	await listTraces({ projectIds: [project], limit: 50, filter: f(filter), text: text || undefined });
	console.log("total", (performance.now() - t).toFixed(1));
}
process.exit(0);
