import { expect, it } from "vitest";
import { holdBytes } from "@/lib/receive/hold-bytes";
import { thrown } from "@/tests/support/failure";

it("counts the bodies of all requests together and gives back what a request is done with", () => {
	const [first, second] = [holdBytes(1000), holdBytes(1000)];
	first.add(600);
	second.add(400);
	expect(thrown(() => second.add(1))).toMatchObject({ code: "unavailable", retryable: true, retryAfterMs: 1000 });
	first.release();
	second.add(600);
	second.release();
	second.release();
	const third = holdBytes(1000);
	third.add(1000);
	third.release();
});
