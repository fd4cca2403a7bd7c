/** The runs of points without a gap, each long enough for a line: single points have none. */
export function lineSegments<Point>(points: readonly (Point | null)[]): Point[][] {
	const runs: Point[][] = [[]];
	for (const point of points) {
		if (point === null) runs.push([]);
		else runs.at(-1)?.push(point);
	}
	return runs.filter((run) => run.length > 1);
}
