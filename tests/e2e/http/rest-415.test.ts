import { expect, inject, it } from "vitest";
import { createProject } from "@/tests/support/judged-project";
import { call, type ErrorView } from "@/tests/support/rest-client";

const url = inject("appUrl");

it.each(["/api/v1/projects", "/api/v1/llm-connections", "rules"])("POST %s takes JSON only", async (target) => {
	const path = target === "rules" ? `/api/v1/projects/${(await createProject(url)).id}/trace-eval-rules` : target;
	for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
		const headers = { "Content-Type": type };
		const { status, body } = await call<ErrorView>(url, path, { method: "POST", headers, body: '{"name":"x"}' });
		expect([status, body.error]).toEqual([415, "Unsupported Media Type"]);
		expect(body.message).toBe("Content-Type must be application/json");
	}
});
