import { connect, type Socket } from "node:net";

export interface RawAnswer {
	status: number;
	/** Of a `Retry-After` header, 0 without one. */
	retryAfterSeconds: number;
}

/** One HTTP/1.1 connection, a request at a time; opened again when the server closes it. */
export interface KeepAliveConnection {
	/** `request` is everything that goes over the wire. Rejects when the connection is lost before the answer. */
	send(request: Buffer): Promise<RawAnswer>;
	close(): void;
}

const HEAD_END = "\r\n\r\n";
const LAST_CHUNK = "0\r\n\r\n";

/**
 * As little HTTP as a load generator needs: bytes out, the status of a whole answer in. It costs a small part of what
 * `node:http` takes, so that what is measured is the server.
 */
export function openConnection(host: string, port: number): KeepAliveConnection {
	let socket: Socket | undefined;
	let received = "";
	let waiting: { resolve(answer: RawAnswer): void; reject(error: Error): void } | undefined;

	function open(): Socket {
		const opened = connect({ host, port, noDelay: true });
		received = "";
		opened.setEncoding("latin1");
		opened.on("data", (text) => {
			received += text;
			const answer = wholeAnswer(received);
			if (!answer) return;
			received = "";
			if (answer.closes) forget(opened);
			settle()?.resolve(answer);
		});
		opened.on("error", () => undefined);
		opened.on("close", () => {
			if (socket !== opened) return;
			socket = undefined;
			settle()?.reject(new Error("the connection was lost"));
		});
		return opened;
	}

	function forget(closing: Socket): void {
		if (socket === closing) socket = undefined;
		closing.destroy();
	}

	function settle() {
		const settled = waiting;
		waiting = undefined;
		return settled;
	}

	return {
		send(request) {
			socket ??= open();
			const to = socket;
			return new Promise((resolve, reject) => {
				waiting = { resolve, reject };
				to.write(request);
			});
		},
		close() {
			if (socket) forget(socket);
		},
	};
}

function wholeAnswer(text: string): (RawAnswer & { closes: boolean }) | null {
	const headEnd = text.indexOf(HEAD_END);
	if (headEnd < 0) return null;
	const head = text.slice(0, headEnd).toLowerCase();
	const bodyAt = headEnd + HEAD_END.length;
	const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
	const complete = length === undefined ? text.endsWith(LAST_CHUNK) : text.length - bodyAt >= Number(length);
	if (!complete) return null;
	return {
		status: Number(head.slice(9, 12)),
		retryAfterSeconds: Number(/\r\nretry-after: *(\d+)/.exec(head)?.[1] ?? 0),
		closes: head.includes("\r\nconnection: close"),
	};
}
