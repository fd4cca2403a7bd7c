import type { Condition } from "@/lib/filter/condition";
import { printFilter } from "@/lib/filter/print-filter";
import type { ModelFigures } from "@/lib/overview/list-model-spend";

const ROOT: Condition = { field: "root", op: "=", value: true };

/** Traces whose root failed. */
export const FAILED = printFilter({ and: [ROOT, { field: "status", op: "=", value: "error" }] });

/** What called a model. */
export const MODEL_CALLS = printFilter({ field: "kind", op: "in", value: ["llm", "embedding", "reranker"] });

/** Traces whose root took as long or longer. */
export function slowerThan(ms: number): string {
	// Cut off, not rounded: the one that the number is of shall be among them.
	const floor = ms < 10 ? Math.floor(ms * 1000) / 1000 : Math.floor(ms);
	return printFilter({ and: [ROOT, { field: "latency", op: ">=", value: floor }] });
}

/** Calls of a model by the name it was asked for; of those that told none, all without one. */
export function callsOf(model: string): string {
	return model === "" ? `${MODEL_CALLS} and not model exists` : printFilter({ field: "model", op: "=", value: model });
}

/** Failed spans of a name. */
export function failuresOf(name: string): string {
	return printFilter({
		and: [
			{ field: "name", op: "=", value: name },
			{ field: "status", op: "=", value: "error" },
		],
	});
}

/** Of a model's calls those whose cost is not known. */
export function unpricedOf(model: string, { calls, unpriced }: Pick<ModelFigures, "calls" | "unpriced">): string {
	return calls === unpriced ? callsOf(model) : `${callsOf(model)} and not cost exists`;
}
