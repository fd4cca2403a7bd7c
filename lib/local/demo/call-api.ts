import { request } from "node:http";
import { z } from "zod";
import { AppError } from "@/lib/errors";

const TIMEOUT_MS = 15_000;

const Created = z.object({ id: z.string() });

export interface Api {
	/** Address of the Spanwise server. */
	url: string;
	apiKey?: string | undefined;
}

/** Creates something through the REST API and returns its id. Throws `unavailable` with the server's reason. */
export async function callApi(api: Api, path: string, body: object): Promise<string> {
	const { status, text } = await post(api, path, JSON.stringify(body)).catch((error: Error) => {
		throw new AppError("unavailable", `The demo could not be set up: POST ${path}: ${error.message}.`);
	});
	if (status !== 201) {
		throw new AppError("unavailable", `The demo could not be set up: POST ${path} answered ${status}: ${text}`);
	}
	return Created.parse(JSON.parse(text)).id;
}

function post({ url, apiKey }: Api, path: string, body: string): Promise<{ status: number; text: string }> {
	const headers = { "content-type": "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) };
	return new Promise((resolve, reject) => {
		const outgoing = request(
			`${url}${path}`,
			{ method: "POST", agent: false, timeout: TIMEOUT_MS, headers },
			(response) => {
				let text = "";
				response.setEncoding("utf8");
				response.on("data", (chunk: string) => {
					text += chunk;
				});
				response.on("error", reject);
				response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
			},
		);
		outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
		outgoing.on("error", reject);
		outgoing.end(body);
	});
}
