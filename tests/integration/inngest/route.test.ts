import { NextRequest } from "next/server";
import { expect, test, vi } from "vitest";

vi.mock("@/inngest/index", () => ({ functions: () => [] }));

test.each(["GET", "POST", "PUT"] as const)(
	"%s of the public route answers 401 to an unsigned request",
	async (method) => {
		const route = await import("@/app/api/inngest/route");
		const request = new NextRequest("http://localhost/api/inngest?fnId=spanwise-x&stepId=step", {
			method,
			headers: { "x-inngest-signature": `t=${Math.floor(Date.now() / 1000)}&s=${"0".repeat(64)}` },
			body: method === "GET" ? undefined : JSON.stringify({ url: "http://localhost/api/inngest" }),
		});
		const response = await route[method](request, {});
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({ message: "Unauthorized" });
	},
);
