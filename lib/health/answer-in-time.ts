const PATIENCE_MS = 3000;

/** What a store answers; one that says nothing for three seconds counts as one that does not answer. */
export async function answerInTime<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
	let timer: NodeJS.Timeout | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MS);
	});
	try {
		return await Promise.race([ask(), silence]);
	} finally {
		clearTimeout(timer);
	}
}
