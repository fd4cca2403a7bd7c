import { type Inngest, InngestCommHandler, type InngestFunction } from "inngest";

/** A request of the engine to the SDK; the body is passed as it is, no text in between. */
export interface SdkRequest {
	method: "POST" | "PUT";
	query?: Record<string, string>;
	headers?: Record<string, string>;
	body: unknown;
}

export interface SdkResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string;
}

export type SdkHandler = (request: SdkRequest) => Promise<SdkResponse>;

/** A private way into the functions: it checks no signature, so only the engine may hold it. */
export function openSdkHandler(client: Inngest, functions: readonly InngestFunction.Any[]): SdkHandler {
	return new InngestCommHandler({
		frameworkName: "embedded",
		client,
		functions,
		skipSignatureValidation: true,
		handler: (request: SdkRequest) => ({
			method: () => request.method,
			url: () => new URL(`http://embedded.invalid/api/inngest?${new URLSearchParams(request.query)}`),
			headers: (name: string) => request.headers?.[name.toLowerCase()],
			body: () => request.body,
			transformResponse: ({ status, headers, body }): SdkResponse => ({ status, headers: lowerCase(headers), body }),
		}),
	}).createHandler<SdkHandler>();
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
