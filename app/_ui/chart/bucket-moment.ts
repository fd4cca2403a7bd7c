/** When a bucket begins, for texts that no component can put into the reader's time: `2025-01-15 12:00 UTC`. */
export function bucketMoment(startMs: number): string {
	return `${new Date(startMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
