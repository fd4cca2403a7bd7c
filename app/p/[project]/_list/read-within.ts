import {
	isTimeChosen,
	type RangeName,
	type TimeChoice,
	USUAL_RANGE,
	windowOf,
} from "@/app/p/[project]/_list/time-range";

interface Window {
	fromMs: number | null;
	toMs: number | null;
}

interface Reading<Page> {
	page: Page;
	window: Window;
	/** The range that was read; null when the reader gave a time of their own. */
	range: RangeName | null;
}

/**
 * Reads a page of the chosen time. When nobody chose one, it is the usual one if that holds anything, else all there is.
 */
export async function readWithin<Page>(
	choice: TimeChoice,
	now: Date,
	read: (time: { window: Window }) => Promise<Page>,
	isEmpty: (page: Page) => boolean,
): Promise<Reading<Page>> {
	const inRange = async (range: RangeName | null, asked: TimeChoice) => {
		const window = windowOf(asked, now);
		return { page: await read({ window }), window, range };
	};
	if (isTimeChosen(choice)) return inRange(choice.range, choice);
	const usual = await inRange(USUAL_RANGE, { range: USUAL_RANGE, from: null, to: null });
	return isEmpty(usual.page) ? inRange("all", { range: "all", from: null, to: null }) : usual;
}
