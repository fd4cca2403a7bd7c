import { openConnection } from "@/lib/connections/open-connection";
import { isAppError } from "@/lib/errors";
import { askModel } from "@/lib/llm/ask-model";
import type { ModelEndpoint } from "@/lib/llm/model-endpoint";
import { isModelError, scrubError } from "@/lib/llm/model-error";

const TEST_TIMEOUT_MS = 20_000;

export interface ConnectionTest {
	ok: boolean;
	message: string;
	latencyMs: number;
}

/** Asks the connection's model for one word, the way a judge would ask. Failures are the result, not exceptions. */
export async function testConnection(id: string): Promise<ConnectionTest> {
	const started = performance.now();
	const result = (ok: boolean, message: string) => ({
		ok,
		message,
		latencyMs: Math.round(performance.now() - started),
	});
	let connection: ModelEndpoint | undefined;
	try {
		connection = await openConnection(id);
		await askModel({
			endpoint: connection,
			prompt: "Answer with the single word: ready",
			timeoutMs: TEST_TIMEOUT_MS,
		});
		return result(true, `${connection.model} answered`);
	} catch (error) {
		if (isModelError(error)) {
			return result(false, scrubError(error.message, [], connection ? [connection.key.reveal()] : []));
		}
		if (isAppError(error) && error.code !== "unavailable") return result(false, error.publicMessage);
		throw error;
	}
}
