import { describe, expect, it } from "vitest";
import { EvaluationRequest } from "@/lib/triggers/evaluation-request";

const projectId = "01890000-0000-7000-8000-000000000001";
const ruleId = "01890000-0000-7000-8000-000000000002";
const traceId = "0af7651916cd43dd8448eb211c80319c";
const [from, to] = ["2026-05-01T00:00:00Z", "2026-05-02T00:00:00+02:00"];

describe("EvaluationRequest", () => {
	it("asks for one trace, whenever it was", () => {
		for (const id of [traceId, traceId.toUpperCase(), "0af76519-16cd-43dd-8448-eb211c80319c"]) {
			const request = EvaluationRequest.parse({ projectId, traceId: id });
			expect(request).toMatchObject({ projectId, traceId, ruleId: null, anew: false, from: new Date(0) });
			expect(request.to.getTime()).toBeGreaterThan(Date.now());
		}
	});

	it("asks for one rule over a time range", () => {
		expect(EvaluationRequest.parse({ projectId, ruleId, from, to, anew: true })).toEqual({
			projectId,
			ruleId,
			traceId: null,
			anew: true,
			from: new Date(from),
			to: new Date(to),
		});
	});

	it.each([
		[{}, "traceId"],
		[{ traceId, ruleId, from, to }, "traceId"],
		[{ traceId: "trace" }, "traceId"],
		[{ traceId, from }, "from"],
		[{ ruleId, to }, "from"],
		[{ ruleId, from }, "to"],
		[{ ruleId, from: to, to: from }, "from"],
		[{ ruleId, from: "yesterday", to }, "from"],
		[{ ruleId: "rule", from, to }, "ruleId"],
		[{ projectId: "project", traceId }, "projectId"],
		[{ traceId, anew: "yes" }, "anew"],
	])("refuses %o", (given, field) => {
		const { error } = EvaluationRequest.safeParse({ projectId, ...given });
		expect(error?.issues.map(({ path }) => path.join("."))).toContain(field);
	});
});
