import { z } from "zod";
import { AppError, type ErrorCode, HTTP_STATUS } from "@/lib/errors";

/** Calls work for half a minute at most; a server that is silent for longer is gone. */
const TIMEOUT_MS = 180_000;

const ErrorBody = z.object({ message: z.string() });

export interface Api {
	/** Address of the server, without a slash at its end. */
	url: string;
	key: string | undefined;
}

interface Call<Body> {
	method: "GET" | "POST";
	path: string;
	json?: unknown;
	/** What the answer must look like. */
	body: z.ZodType<Body>;
}

/**
 * One call of the REST API. A refusal throws with the server's own reason, a server that does not answer or answers
 * something else `unavailable`. Redirects are not followed: the key is meant for this server.
 */
export async function callApi<Body>({ url, key }: Api, { method, path, json, body }: Call<Body>): Promise<Body> {
	const response = await fetch(`${url}${path}`, {
		method,
		redirect: "manual",
		signal: AbortSignal.timeout(TIMEOUT_MS),
		headers: {
			...(json === undefined ? {} : { "Content-Type": "application/json" }),
			...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
		},
		body: json === undefined ? undefined : JSON.stringify(json),
	}).catch((error: unknown) => {
		throw new AppError("unavailable", `${url} does not answer (${reason(error)})`, { cause: error });
	});
	const answer: unknown = await response.json().catch(() => undefined);
	if (!response.ok) {
		const told = ErrorBody.safeParse(answer);
		const message = told.success ? told.data.message : "it gives no reason; is this a Spanwise server?";
		throw new AppError(codeOf(response.status), `${url} answers ${response.status}: ${message}`);
	}
	const parsed = body.safeParse(answer);
	if (!parsed.success) throw new AppError("unavailable", `${url} answers something else; is this a Spanwise server?`);
	return parsed.data;
}

function codeOf(status: number): ErrorCode {
	const known = Object.entries(HTTP_STATUS).find(([, value]) => value === status)?.[0];
	return (known as ErrorCode | undefined) ?? "unavailable";
}

/** `ECONNREFUSED`, `bad port`, `TimeoutError`: fetch keeps it in the cause, or in the first of several causes. */
function reason(error: unknown): string {
	if (!(error instanceof Error)) return "no reason";
	const first: unknown = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
	if (!(first instanceof Error)) return error.name;
	return "code" in first && typeof first.code === "string" ? first.code : first.message;
}
