const PIECE_CHARS = 64 * 1024;

/**
 * A body made piece by piece, as fast as the reader takes it; when the reader goes away, the source is asked for no more.
 */
export function streamText(source: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			let piece = "";
			while (piece.length < PIECE_CHARS) {
				const { value, done } = await source.next();
				if (value) piece += value;
				if (done) {
					if (piece !== "") controller.enqueue(encoder.encode(piece));
					controller.close();
					return;
				}
			}
			controller.enqueue(encoder.encode(piece));
		},
		async cancel() {
			await source.return();
		},
	});
}
