/** Called by Next once per server process, before the first request is answered. */
export async function register(): Promise<void> {
	if (process.env.NEXT_RUNTIME === "nodejs") {
		const { startProcess } = await import("./instrumentation-node");
		await startProcess();
	}
}
