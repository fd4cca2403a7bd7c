import type { IncomingBody } from "@/lib/http/incoming-body";

/** One request of an exporter, whatever carries it. */
export interface Call extends IncomingBody {
	method: string;
	/** Every method of its path, as the Allow header lists them. */
	allow: string;
}

/** What it is told, ready to be written. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Uint8Array<ArrayBuffer>;
	/** Work that must not delay the answer: start it once the answer is on its way. Never rejects. */
	afterwards?(): Promise<void>;
}

/** Takes calls of one endpoint. Never rejects: failures are answers. */
export type Receive = (call: Call) => Promise<Answer>;

export type Signal = "traces" | "logs" | "metrics";

/** What stands behind a path. */
export interface Endpoint {
	receive: Receive;
	allow: string;
	/** The answer to a call that comes too early, or fails before it is received. */
	refuse(call: Call, error: unknown): Answer;
}
