import { describe, expect, it } from "vitest";
import { deleteFeedback } from "@/lib/feedback/delete-feedback";
import { FeedbackInput } from "@/lib/feedback/feedback";
import { giveFeedback } from "@/lib/feedback/give-feedback";
import { listFeedback } from "@/lib/feedback/list-feedback";
import { randomHex } from "@/lib/ids";
import { deleteProject } from "@/lib/projects/delete-project";
import { expireTraces } from "@/lib/retention/expire-traces";
import { failure } from "@/tests/support/failure";
import { newProject } from "@/tests/support/send";
import { ownStores } from "@/tests/support/stores";

ownStores();

async function newSubject(expiresInMs = 60_000) {
	const { id: projectId } = await newProject();
	return { projectId, traceId: randomHex(16), expiresAt: new Date(Date.now() + expiresInMs) };
}

const thumb = (value: "UP" | "DOWN", more: object = {}) => FeedbackInput.parse({ thumb: value, ...more });
const note = (text: string, more: object = {}) => FeedbackInput.parse({ note: text, ...more });

describe("feedback", () => {
	it("is listed with its trace, oldest first, on the trace and on its spans", async () => {
		const subject = await newSubject();
		await giveFeedback(subject, thumb("UP"));
		await giveFeedback(subject, note("  why?  ", { spanId: "00000000000000a1", author: "Ada" }));
		const told = (await listFeedback(subject)).map(({ spanId, thumb, note, author }) => [spanId, thumb, note, author]);
		expect(told).toEqual([
			["", "UP", null, null],
			["00000000000000a1", null, "why?", "Ada"],
		]);
	});

	it("has one thumb of an author for a trace or span, and any number of notes", async () => {
		const subject = await newSubject();
		for (const input of [thumb("UP"), note("one"), thumb("DOWN"), note("two"), thumb("UP", { author: "Ada" })]) {
			await giveFeedback(subject, input);
		}
		await giveFeedback(subject, thumb("UP", { spanId: "00000000000000a1" }));
		expect((await listFeedback(subject)).map(({ thumb, note }) => thumb ?? note)).toEqual([
			"one",
			"DOWN",
			"two",
			"UP",
			"UP",
		]);
	});

	it("of another project or trace is neither listed nor deleted", async () => {
		const [mine, other] = [await newSubject(), await newSubject()];
		const { id } = await giveFeedback(other, note("theirs"));
		expect(await listFeedback({ ...other, projectId: mine.projectId })).toEqual([]);
		expect(await listFeedback({ ...other, projectId: "" })).toEqual([]);
		for (const place of [
			{ ...other, projectId: mine.projectId },
			{ ...other, traceId: mine.traceId },
		]) {
			expect((await failure(() => deleteFeedback(place, id))).code).toBe("not_found");
		}
		await deleteFeedback(other, id);
		expect(await listFeedback(other)).toEqual([]);
		expect((await failure(() => deleteFeedback(other, id))).code).toBe("not_found");
		expect((await failure(() => deleteFeedback(other, "no-id"))).code).toBe("not_found");
	});

	it("goes with its trace and with its project", async () => {
		const [gone, kept] = [await newSubject(-1), await newSubject()];
		await giveFeedback(gone, note("late"));
		await giveFeedback(kept, note("kept"));
		expect(await listFeedback(gone)).toEqual([]);
		await expireTraces();
		expect(await listFeedback(kept)).toHaveLength(1);
		await deleteProject(kept.projectId);
		expect(await listFeedback(kept)).toEqual([]);
		expect((await failure(() => giveFeedback(kept, note("x")))).code).toBe("not_found");
	});

	it.each([
		[{}, "either thumb or note"],
		[{ thumb: "UP", note: "both" }, "either thumb or note"],
		[{ note: "  " }, "must say something"],
		[{ thumb: "UP", spanId: "no id" }, "must be 16 hex digits"],
	])("%o is refused: %s", (input, message) => {
		expect(FeedbackInput.safeParse(input).error?.issues[0]?.message).toContain(message);
	});
});
