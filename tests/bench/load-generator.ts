import type { LoadResult, Order, Preparation, Prepared, Report } from "@/tests/bench/load";
import { prepareBlocks } from "@/tests/bench/prepare-blocks";
import { prepareExports } from "@/tests/bench/prepare-exports";
import type { ReusableBody } from "@/tests/bench/reusable-body";
import { runLoad } from "@/tests/bench/run-load";

// A process of its own: the load may not share an event loop with anything that is measured. Ends with its parent.

const prepared = new Map<string, ReusableBody[]>();

async function prepare(preparation: Preparation): Promise<Prepared> {
	const { bodies, bytes } =
		preparation.kind === "exports" ? prepareExports(preparation) : await prepareBlocks(preparation);
	prepared.set(preparation.name, bodies);
	return { requests: bodies.length, spans: bodies.reduce((sum, { spans }) => sum + spans, 0), bytes };
}

async function obey(order: Order): Promise<Report> {
	if (order.order === "prepare") return { report: "prepared", prepared: await prepare(order.preparation) };
	const bodies = prepared.get(order.options.bodies) ?? [];
	const result: LoadResult = await runLoad(bodies, order.options, {
		started: () => say({ report: "clock started" }),
		stopped: () => say({ report: "clock stopped" }),
	});
	return { report: "loaded", result };
}

function say(report: Report): void {
	process.send?.(report);
}

process.on("message", (order: Order) => {
	obey(order).then(say, (error: unknown) => say({ report: "failed", message: String(error) }));
});
process.on("disconnect", () => process.exit(0));
say({ report: "ready" });
