/**
 * The first `charsMax` characters of an answer, as Postgres can hold them. What cannot be read in time is left out: the
 * status has been said by then.
 */
export async function readHead(response: Response, charsMax: number): Promise<string> {
	const decoder = new TextDecoder();
	const reader = response.body?.getReader();
	let text = "";
	try {
		while (reader && text.length < charsMax) {
			const { done, value } = await reader.read();
			if (done) break;
			text += decoder.decode(value, { stream: true });
		}
	} catch {
		// Broken off or too slow.
	}
	await reader?.cancel().catch(() => undefined);
	return text.slice(0, charsMax).replaceAll("\0", "\uFFFD").toWellFormed();
}
