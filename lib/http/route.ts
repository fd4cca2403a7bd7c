import type { z } from "zod";
import { AppError, invalidInput } from "@/lib/errors";
import { readBody } from "@/lib/http/read-body";
import { restError } from "@/lib/http/rest-error";
import { isUuid } from "@/lib/ids";
import { parseJson } from "@/lib/json";

const BODY_BYTES_MAX = 1024 * 1024;

interface RouteContext<Params> {
	params: Promise<Params>;
}

/**
 * A REST handler: who asks is checked first, whatever is thrown is rendered once. The handler translates: parse, one verb,
 * answer.
 */
export function route<Principal, Params = Record<string, never>>(
	authenticate: (request: Request) => Promise<Principal>,
	handler: (call: { request: Request; principal: Principal; params: Params }) => Promise<Response>,
): (request: Request, context: RouteContext<Params>) => Promise<Response> {
	return async (request, context) => {
		try {
			const principal = await authenticate(request);
			return await handler({ request, principal, params: await context.params });
		} catch (error) {
			return restError(error);
		}
	};
}

/** The request's JSON body as `schema` reads it; `invalid_input` names each field as `field: reason`. */
export async function parseBody<Value>(request: Request, schema: z.ZodType<Value>): Promise<Value> {
	const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
	if (type !== "application/json") {
		throw new AppError("unsupported_media", "Content-Type must be application/json");
	}
	const body = await readBody(request, { bodyBytesMax: BODY_BYTES_MAX, inflatedBytesMax: BODY_BYTES_MAX });
	return parseWith(schema, parseJson(body.toString("utf8"), "request body"));
}

/** A path segment that must be a UUID; `invalid_input` otherwise, as Dokimos answers. */
export function parseUuid(value: string, name: string): string {
	if (!isUuid(value)) throw invalidInput(`${name}: must be a UUID`);
	return value;
}

export function parseWith<Value>(schema: z.ZodType<Value>, value: unknown): Value {
	const parsed = schema.safeParse(value, { reportInput: true });
	if (parsed.success) return parsed.data;
	throw invalidInput(
		parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${reason(issue)}`).join("; "),
	);
}

function reason(issue: z.core.$ZodIssue): string {
	if (issue.code === "invalid_type" && issue.input === undefined) return "is required";
	if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
	return issue.message.replace(/^Invalid input: /, "");
}
