/** What keys can ask of a view. */
export interface ViewHandle {
	/** The row that many rows on among those in sight; -1 when there is none. */
	step(row: number, by: number): number;
	isFolded(row: number): boolean;
	fold(row: number, fold: boolean): void;
	/** What the eye is on: the chosen row when it is in sight, otherwise the first that is; -1 when there is none. */
	anchor(): number;
}
