/** What keys can ask of a view. */
export interface ViewHandle {
	/** The row that many rows on among those in sight; -1 when there is none. */
	step(row: number, by: number): number;
	isFolded(row: number): boolean;
	fold(row: number, fold: boolean): void;
	/** The first row in sight. */
	top(): number;
}
